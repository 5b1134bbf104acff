"""Write the generated files: those made from tables in the code, and the address of the repository in others.

A test compares them with what this module would write.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from glossary_ls import rules
from glossary_ls.base.text import Text
from glossary_ls.glossary import formats, store
from glossary_ls.glossary.index import build
from glossary_ls.matching.spellings import patterns_of
from tests import addresses, cli_docs, export_docs, format_docs, pack_docs, story
from tests import settings_docs as docs

ROOT = Path(__file__).parents[1]

SCHEMA = ROOT / "data/schema/settings.schema.json"
MANUAL = ROOT / "docs/settings.md"
FORMAT_SCHEMA = ROOT / "data/schema/glossary.schema.json"
FORMAT = ROOT / "docs/glossary-format.md"
PACKS = ROOT / "docs/packs.md"
EXPORT = ROOT / "docs/export.md"
COMMAND_LINE = ROOT / "docs/command-line.md"
HARVEST = ROOT / "docs/harvest.md"
EXTENSION = ROOT / "editors/vscode/package.json"
PATTERNS = ROOT / "data/packs/compiled/patterns.json"
PACK_FILES = sorted((ROOT / "data/packs").glob("*.yaml"))


def generated() -> dict[Path, str]:
    """Return what the files should hold; the extension's only when there is one."""
    choices = {
        "severities": {rule.CODE: rule.SUMMARY for rule in rules.RULES},
        "packs": {name: store.pack(name).head.name for name in store.pack_names()},
        "sources": {
            each.id: (each.module.__doc__ or "").partition("\n")[0].rstrip(".") for each in formats.FORMATS
        },
    }
    files = {
        SCHEMA: _json(docs.json_schema(choices)),
        MANUAL: docs.manual(choices),
        FORMAT_SCHEMA: _json(format_docs.json_schema()),
        FORMAT: _with(FORMAT.read_text("utf-8"), "keys", format_docs.manual()),
        PACKS: _with(
            _with(PACKS.read_text("utf-8"), "counts", pack_docs.counts()), "pages", pack_docs.pages()
        ),
        EXPORT: _with(EXPORT.read_text("utf-8"), "keys", export_docs.manual()),
    }
    files |= {path.parent / "compiled" / f"{path.stem}.json": _compiled(path) for path in PACK_FILES}
    files[PATTERNS] = _patterns()
    page = COMMAND_LINE.read_text("utf-8")
    tables = {
        "fixes": cli_docs.fixes(),
        "options": cli_docs.options(),
        "coverage options": cli_docs.coverage_options(),
        "commands": cli_docs.commands(),
    }
    for name, table in tables.items():
        page = _with(page, name, table)
    files[COMMAND_LINE] = page
    files[HARVEST] = _with(HARVEST.read_text("utf-8"), "options", cli_docs.harvest_options())
    if EXTENSION.exists():
        package = json.loads(EXTENSION.read_text("utf-8"))
        sections = package["contributes"]["configuration"]
        given = {key: value for section in sections for key, value in section["properties"].items()}
        # The extension's own settings, such as where the server is, stay.
        own = {key: value for key, value in given.items() if _is_own(key)}
        properties = own | docs.editor_properties(choices)
        package["contributes"]["configuration"] = docs.editor_sections(properties)
        files[EXTENSION] = _json(package)
    address = addresses.repository()
    for path in addresses.FILES:
        # An archive of the sources may lack some.
        if path.exists():
            files[path] = addresses.with_repository(files.get(path) or path.read_text("utf-8"), address)
    return files


@cache
def _patterns() -> str:
    """Return the patterns of the names in the built-in glossaries, a line for each name."""
    files = [store.pack(name) for name in store.pack_names()]
    names = sorted({name.text for name in build(files).written})
    rows = [
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(patterns_of(name), ensure_ascii=False)}"
        for name in names
    ]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _compiled(pack: Path) -> str:
    """Return the compiled form of a built-in glossary."""
    return formats.compiled_form(formats.parse(pack.as_posix(), Text(pack.read_text("utf-8"))))


def main() -> None:
    """Write the files."""
    story.write()
    for path, text in generated().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _with(page: str, name: str, text: str) -> str:
    """Put a text between the two comments of a page that have a name."""
    before, _, rest = page.partition(f"<!-- {name} -->\n")
    _, _, after = rest.partition(f"<!-- end of {name} -->")
    return f"{before}<!-- {name} -->\n{text.rstrip()}\n<!-- end of {name} -->{after}"


def _is_own(key: str) -> bool:
    return key.startswith(("glossary_ls.server.", "glossary_ls.trace.", "glossary_ls.decorations"))


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
