"""Build the manual as a web site (`make site`): strict, searchable without a server, nothing from elsewhere.

The pages are copied from `docs/`, with the README of the repository as the start page. Links to files that
are not part of the site lead to the repository.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
CONFIGURATION = ROOT / "zensical.toml"

#: The pages of the site that are not below `docs/`, by their path in the repository.
OTHERS = {"README.md": "index.md", "CHANGELOG.md": "changelog.md"}
#: The list of pages is the navigation of the site.
OMITTED = {"docs/README.md": "index.md"}
#: What Zensical loads for pages that are opened as files, and what does the same.
REMOTE_WORKER = 'src="https://unpkg.com/iframe-worker/shim"'
WORKER = "file-worker.js"
_PICTURES = (".png", ".svg")

_FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r'(?P<before>\]\(|\b(?:src|srcset)=")(?![a-z]+:|#)(?P<path>[^)"#\s]*)(?P<rest>[^)"\s]*)')
#: A list right behind a line of text, which Python-Markdown does not see.
_LIST = re.compile(r"^(?![-*] |\d+\. |[ |>#]|$)(.+\n)(?=[-*] |1\. )", re.MULTILINE)
#: What a list item in a list is indented by; Python-Markdown takes four for one level.
_INDENTED = re.compile(r"^( {2,3})(?=\S)", re.MULTILINE)


def main() -> None:
    """Build the site."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "folder", nargs="?", default=str(ROOT / "build"), help="gets the folders pages and site"
    )
    folder = Path(parser.parse_args().folder).resolve()
    copy_pages(folder / "pages")
    shutil.rmtree(folder / "site", ignore_errors=True)
    shutil.copyfile(CONFIGURATION, folder / CONFIGURATION.name)
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict"]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    replace_remote_script(folder / "site")
    print(f"Built {folder / 'site' / 'index.html'}")


def replace_remote_script(site: Path) -> None:
    """Have the search use our own script where the pages are opened as files, not one of another host."""
    shutil.copyfile(DOCS / WORKER, site / "assets" / WORKER)
    for page in site.rglob("*.html"):
        script = relpath((site / "assets" / WORKER).as_posix(), page.parent.as_posix())
        text = page.read_text("utf-8")
        page.write_text(text.replace(REMOTE_WORKER, f'src="{script}"'), "utf-8", newline="\n")


def copy_pages(target: Path) -> None:
    """Copy the pages and pictures of the site into a folder."""
    repository = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]["Repository"]
    shutil.rmtree(target, ignore_errors=True)
    pages = site_pages()
    for source, name in pages.items():
        where = target / name
        where.parent.mkdir(parents=True, exist_ok=True)
        text = (ROOT / source).read_text("utf-8")
        where.write_text(converted(text, source, pages, repository), "utf-8", newline="\n")
    for picture in sorted(DOCS.rglob("*")):
        if picture.suffix in _PICTURES:
            where = target / picture.relative_to(DOCS)
            where.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture, where)


def site_pages() -> dict[str, str]:
    """Return the names of the pages in the site, by their paths in the repository."""
    found = (
        path.relative_to(ROOT).as_posix() for path in sorted(DOCS.rglob("*.md")) if path.parent.name != "demo"
    )
    pages = {path: path.removeprefix("docs/").replace("README.md", "index.md") for path in found}
    return {path: name for path, name in pages.items() if path not in OMITTED} | OTHERS


def converted(text: str, source: str, pages: dict[str, str], repository: str) -> str:
    """Return the text of a page for the site: its links, and lists as Python-Markdown expects them."""
    here = pages[source]

    def link(found: re.Match[str]) -> str:
        path = normpath(PurePosixPath(source).parent / found["path"]) if found["path"] else source
        if path in OMITTED or path in pages:
            address = relpath(OMITTED.get(path) or pages[path], PurePosixPath(here).parent)
        elif path.startswith("docs/images/"):
            address = relpath(path.removeprefix("docs/"), PurePosixPath(here).parent)
        else:
            address = f"{repository}/blob/main/{path}"
        return f"{found['before']}{address}{found['rest']}"

    def prose(part: str) -> str:
        return _INDENTED.sub("    ", _LIST.sub(r"\1\n", _LINK.sub(link, part)))

    parts, end = [], 0
    for fence in _FENCE.finditer(text):
        parts += [prose(text[end : fence.start()]), fence[0]]
        end = fence.end()
    return "".join([*parts, prose(text[end:])])


if __name__ == "__main__":
    main()
