"""`glossary-ls export`: write the glossaries of a workspace in another format.

It must not know the formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.cli import transfer
from glossary_ls.cli.errors import InputError, fail
from glossary_ls.cli.project import Project, add_root, shown
from glossary_ls.cli.wording import counted
from glossary_ls.glossary.exports import WRITERS
from glossary_ls.glossary.exports.collect import collect
from glossary_ls.glossary.exports.export import written
from glossary_ls.workspace.glossary_files import glossary_files

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from glossary_ls.glossary.exports import Writer
    from glossary_ls.glossary.model import GlossaryFile

SUMMARY = "write the glossary in another format, such as a web page"

#: The format where neither `--to` nor the name of the output names one.
_DEFAULT = "markdown"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--to",
        metavar="FORMAT",
        choices=[writer.id for writer in WRITERS],
        help=f"{', '.join(writer.id for writer in WRITERS)} (default: as --output ends, or {_DEFAULT})",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default=transfer.STANDARD_OUTPUT,
        help="file to write (default: standard output)",
    )
    parser.add_argument(
        "--topic",
        metavar="TOPIC",
        action="append",
        default=[],
        help="only terms of this topic; may be repeated",
    )
    parser.add_argument(
        "--packs", action="store_true", help="include the built-in glossaries that are in use"
    )
    parser.add_argument("--no-packs", dest="packs", action="store_false", help="leave them out (the default)")
    parser.add_argument("--language", default="en", help="language of the terms (default: %(default)s)")
    transfer.add_dry_run(parser)
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Write the terms; return 1 when there are none."""
    writer = _writer(options.to, options.output)
    project = Project(options.root)
    files = list(glossary_files(project.workspace, packs=options.packs))
    _refuse_source(project, options.output, files)
    export, repeated = collect(files, options.language, options.topic)
    if not export.items:
        return _nothing(files, options.topic)
    found = written(writer, export)
    if not options.dry_run:
        transfer.write(project.files, options.output, found.text)
    where = transfer.destination(options.output, dry_run=options.dry_run)
    number = counted(len(export.items), "term")
    origin = counted(len(files), "file")
    transfer.report(f"{number} of {origin} {where} ({writer.id})", (*found.left_out, *repeated))
    return 0


def _writer(name: str | None, output: str) -> Writer:
    """Return the writer with an id, or the first one whose files end as the output does."""
    if name is None and output != transfer.STANDARD_OUTPUT:
        ending = _ending(output)
        found = next((writer for writer in WRITERS if _ending(writer.file) == ending), None)
        if found is None:
            raise InputError(f"{output}: no format has files that end like this; name one with --to")
        return found
    return next(writer for writer in WRITERS if writer.id == (name or _DEFAULT))


def _ending(path: str) -> str:
    ending = paths.name(path).rpartition(".")[2].lower()
    return "yaml" if ending == "yml" else ending


def _refuse_source(project: Project, output: str, files: Iterable[GlossaryFile]) -> None:
    """Raise an error if the output is one of the glossaries that are exported."""
    if output != transfer.STANDARD_OUTPUT:
        same = project.files.identity(paths.normal(output))
        if any(project.files.identity(file.path) == same for file in files):
            raise InputError(f"{output} is one of the glossaries that are exported; name another --output")


def _nothing(files: list[GlossaryFile], topics: list[str]) -> int:
    """Print why there is nothing to export, and return the exit code."""
    if not files:
        fail("no glossary in this workspace; use --packs to export the built-in ones")
    elif topics:
        known = sorted({topic for file in files for term in file.terms for topic in term.topics})
        listed = f"; there are {', '.join(known)}" if known else ""
        fail(f"no term has the topic {', '.join(topics)}{listed}")
    else:
        fail(f"there are no terms in {', '.join(shown(file.path) for file in files)}")
    return 1
