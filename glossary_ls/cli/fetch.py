"""`glossary-ls fetch`: fetch the glossaries at URLs that the settings name, and accept URLs.

A URL on the command line is accepted for the workspace folder, as in the question of an editor.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.cli.errors import InputError
from glossary_ls.cli.project import Project, add_root
from glossary_ls.cli.reporters.safe import visible
from glossary_ls.vfs import urls
from glossary_ls.workspace.remote_sources import Question

if TYPE_CHECKING:
    import argparse

SUMMARY = "fetch the glossaries at URLs that the settings name; needed in CI"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("url", metavar="URL", nargs="*", help="a URL to accept for the root folder")
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Fetch; return 1 if a URL that the settings name was not fetched."""
    from glossary_ls.vfs.remote import fetch  # noqa: PLC0415  because no other command needs the network

    for url in options.url:
        if reason := urls.refusal(url):
            raise InputError(f"{urls.shown(url)}: {reason}")
    project = Project(options.root)
    elsewhere = project.workspace.elsewhere
    project.workspace.glossary_of(paths.join(project.root, "x"))
    problems = []
    is_idle = True
    for url in options.url:
        elsewhere.remote.path(project.root, url)
        if problem := elsewhere.remote.answer(Question(project.root, url), is_accepted=True):
            print(visible(problem), file=sys.stderr)
    elsewhere.remote.refresh()
    while (url := elsewhere.remote.next_fetch()) is not None:
        is_idle = False
        outcome = fetch(url, elsewhere.cache)
        elsewhere.remote.fetched(url, outcome)
        if outcome.problem:
            problems.append(outcome.problem)
        else:
            print(f"{urls.shown(url)}: {len(outcome.text or '')} characters")
        # A glossary may name others.
        project.workspace.poll()
        project.workspace.glossary_of(paths.join(project.root, "x"))
    open_urls = [urls.shown(question.url) for question in elsewhere.remote.unanswered()]
    problems += (f"{url}: not fetched; to accept it, run `glossary-ls fetch URL`" for url in open_urls)
    for problem in problems:
        print(visible(problem), file=sys.stderr)
    if is_idle and not problems:
        print("No URL is to be fetched: the setting `sources` names none.", file=sys.stderr)
    return int(bool(problems))
