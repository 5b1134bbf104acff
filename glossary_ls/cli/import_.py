"""`glossary-ls import`: write glossaries of any format as one in the native format.

It must not know the formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.edits import applied
from glossary_ls.base.text import Text
from glossary_ls.cli import transfer
from glossary_ls.cli.errors import InputError, fail
from glossary_ls.cli.printing import print_error
from glossary_ls.cli.project import read_file, shown
from glossary_ls.cli.wording import counted
from glossary_ls.glossary.exports import native
from glossary_ls.glossary.exports.collect import collect
from glossary_ls.glossary.exports.export import LeftOut
from glossary_ls.glossary.formats import FORMATS, editor_of, format_of, parse, suffixes
from glossary_ls.glossary.names import key
from glossary_ls.vfs.files import DiskFiles
from glossary_ls.vfs.walk import walk

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export, Item
    from glossary_ls.glossary.format import Editor
    from glossary_ls.glossary.model import GlossaryFile
    from glossary_ls.vfs.files import Files

SUMMARY = "turn glossaries of other formats into a glossary.yaml"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    names = [each.id for each in FORMATS]
    parser.add_argument("files", metavar="FILE", nargs="+", help="glossaries, or folders of them")
    parser.add_argument(
        "--from",
        dest="format",
        metavar="FORMAT",
        choices=names,
        help=f"one of {', '.join(names)} (default: what the file looks like)",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default="glossary.yaml",
        help="file to write (default: %(default)s)",
    )
    parser.add_argument(
        "--merge", action="store_true", help="add the terms that the output lacks, and keep everything in it"
    )
    transfer.add_dry_run(parser)


def run(options: argparse.Namespace) -> int:
    """Write the terms; return 1 when there are none."""
    disk = DiskFiles()
    files = list(_read(disk, options.files, options.format or ""))
    _print_problems(files)
    export, left_out = collect(files)
    if not export.items and not export.head.accept:
        fail(f"there are no terms in {', '.join(shown(file.path) for file in files) or 'these folders'}")
        return 1
    result = _result(disk, export, options.output, is_merge=options.merge)
    if not options.dry_run and result.text:
        while not transfer.exchange(disk, options.output, result.before, result.text):
            # Somebody else has just added to it.
            result = _result(disk, export, options.output, is_merge=options.merge)
    where = transfer.destination(options.output, dry_run=options.dry_run)
    done = f"{counted(result.number, 'term')} of {counted(len(files), 'file')} {where}"
    transfer.report(done, (*left_out, *result.left_out))
    return 0


# --- reading ----------------------------------------------------------------------------------------------


def _read(files: Files, given: Iterable[str], format_id: str) -> Iterator[GlossaryFile]:
    """Yield the glossaries in files and folders; of a folder, those that are recognized."""
    for argument in given:
        path = paths.normal(argument)
        if files.is_folder(path):
            for inside in walk(files, path, lambda name: name.lower().endswith(suffixes())):
                if found := _glossary(files, inside, format_id, is_named=False):
                    yield found
        elif found := _glossary(files, path, format_id, is_named=True):
            yield found
        else:
            known = ", ".join(each.id for each in FORMATS)
            raise InputError(f"{argument}: no format can read this file; name one of {known} with --from")


def _glossary(files: Files, path: str, format_id: str, *, is_named: bool) -> GlossaryFile | None:
    source = read_file(files, path)
    if not format_id and format_of(path, source.text, configured=is_named) is None:
        return None
    found = parse(path, Text(source.text), format_id)
    return found if is_named or found.entries else None


def _print_problems(files: Iterable[GlossaryFile]) -> None:
    for file in files:
        for problem in file.problems:
            line, column = file.text.line_column(problem.span.start)
            place = f"{shown(file.path)}:{line}:{column}"
            print_error(f"{place}: {problem.severity}: {problem.message} [{problem.code}]")


# --- writing ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Result:
    """The new text of the output, how many terms it has got, and what it has not.

    `before` is the text that the output has so far, None if it does not exist.
    """

    text: str
    before: str | None = None
    number: int = 0
    left_out: list[LeftOut] = field(default_factory=list)


def _result(files: Files, export: Export, output: str, *, is_merge: bool) -> _Result:
    path = paths.normal(output)
    if output == transfer.STANDARD_OUTPUT or files.signature(path) is None:
        return _Result(native.write(export).text, number=len(export.items))
    if not is_merge:
        raise InputError(
            f"{output} exists; --merge adds the terms that it lacks, --output names another file"
        )
    source = read_file(files, path, is_strict=True)
    editor = editor_of(path, source.text)
    if editor is None:
        raise InputError(f"{output}: terms can only be added to a glossary in YAML; name one with --output")
    return _merged(path, source.text, editor, export)


def _merged(path: str, source: str, editor: Editor, export: Export) -> _Result:
    """Add the terms and the accepted names that a glossary lacks."""
    old = parse(path, Text(source))
    known: dict[str, list[Term]] = {}
    for term in old.terms:
        for name in term.names:
            known.setdefault(key(name), []).append(term)
    result = _Result(source, source)
    for item in export.items:
        if any(_is_same(term, item.term) for term in known.get(key(item.term.name), ())):
            result.left_out.append(LeftOut("term", f"{shown(path)} has an entry for it", item))
        else:
            _add(result, editor, item)
    for word in export.head.accept:
        if word not in old.head.accept and (edits := editor.add_accepted(result.text, word)):
            result.text = applied(result.text, edits)
    if export.head.guide and export.head.guide != old.head.guide:
        result.left_out.append(LeftOut("guide", "only a new file gets a guide; copy it by hand"))
    return result


def _is_same(term: Term, other: Term) -> bool:
    """Return whether an entry for a name leaves no need for another one: it has no other expansion."""
    expansions = {key(term.expansion), key(other.expansion)} - {""}
    return len(expansions) <= 1


def _add(result: _Result, editor: Editor, item: Item) -> None:
    if edits := editor.add_term(result.text, item.term):
        result.text = applied(result.text, edits)
        result.number += 1
    else:
        result.left_out.append(LeftOut("term", "there is no safe way to add it", item))
