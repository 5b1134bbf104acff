"""How many of the phrases that are proposed for a glossary are terms: the figure in docs/harvest.md."""

from __future__ import annotations

import re
from pathlib import Path

from glossary_ls.acronyms.vocabulary import parse
from glossary_ls.features.harvest.ranking import missing_phrases
from glossary_ls.markup.languages import is_document
from glossary_ls.vfs.files import DiskFiles
from glossary_ls.workspace.harvest import harvest_files
from glossary_ls.workspace.workspace import Workspace
from tests.quality.corpus import FOLDER, SETS, documents

PAGE = Path(__file__).parents[2] / "docs/harvest.md"
LABELS = Path(__file__).with_name("phrases.txt")


def test_the_page_states_the_precision_of_phrases() -> None:
    workspace = Workspace(DiskFiles(), [FOLDER.as_posix()])
    paths = [path.as_posix() for folder in SETS.values() for path, _ in documents(folder)]
    found = missing_phrases(harvest_files(workspace, filter(is_document, paths)), fewest=2)
    right = parse(LABELS.read_text("utf-8"))
    stated = re.search(r"(\d+) of the\s+first 20 phrases", PAGE.read_text("utf-8"))
    assert stated
    assert sum(each.name in right for each in found[:20]) == int(stated[1])
