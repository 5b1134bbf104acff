"""Which files with the name of a glossary are one: pages of both kinds, each in our own words."""

from __future__ import annotations

import pytest

from glossary_ls.base.text import Text
from glossary_ls.glossary import formats
from glossary_ls.glossary.discovery import scope_of
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.recognition import is_recognized, why_not
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles

#: Files with usual names that are no glossaries, by their paths.
OTHERS = {
    "docs/glossary.md": (
        "# How we write glossary entries\n\n## Keep it "
        "short\n\nWrite one or two sentences for each entry.\n\n"
        "## Link to other entries\n\nUse a link the first time that you name another term.\n\n"
        "## Ask for a review\n\nOpen a pull request and ask somebody of the docs team.\n"
    ),
    "glossary.md": (
        "# Glossary\n\n{% for term in site.data.terms "
        "%}\n## {{ term.name }}\n\n{{ term.text }}\n{% endfor %}\n"
    ),
    "docs/terms.md": (
        "# Terms of use\n\n## 1. Acceptance of these terms\n\n"
        + "By using the service you accept these terms as they are at the time when you use it. " * 8
        + "\n\n## 2. Your account and your duties\n\n"
        + "You keep your password secret and tell us at once if somebody else may know it. " * 8
        + "\n\n## 3. Limits of what we are liable for\n\n"
        + "We are liable for damage that we cause on purpose, as far as the law says so. " * 8
        + "\n\n## 4. Changes of the terms\n\n"
        + "We may change these terms and will tell you thirty days before we do so. " * 8
    ),
    "docs/reference/glossary/index.md": (
        "# Glossary\n\n- [Shard](shard.md)\n- [Queue](queue.md)\n- [Worker](worker.md)\n"
    ),
    "glossary/README.md": (
        "# Glossary\n\n## Files\n\n### 1. [words.md](./words.md)\n\nContains the words of the yard.\n\n"
        "### 2. [yard words.md](./yard words.md)\n\nContains what else is said there.\n"
    ),
    "legal/terms.md": (
        "# Licensing, service terms and rules\n\n## The software\n\nIt has a license of its own.\n\n"
        "## The service\n\nUsers comply with the law.\n\n## Your data\n\nIt stays with you.\n\n"
        "## Uploads\n\nRemove what is private before.\n"
    ),
    "schema/definitions.json": (
        '{"definitions": {"Address": {"type": "object"}, '
        '"Name": {"type": "string"}, "Zip": {"type": "string"},'
        ' "Street": {"type": "string"}}}'
    ),
    "i18n/terms.json": '{"save": "speichern", "open": "öffnen", "close": "schließen", "quit": "beenden"}',
    "glossary.rst": "Glossary\n========\n\nThis page will be written soon.\n",
    "docs/glossary.adoc": "= Glossary\n\n* xref:shard.adoc[Shard]\n* xref:queue.adoc[Queue]\n",
    "data/terms.csv": "id,count\n17,4\n18,5\n19,2\n20,9\n21,3\n",
    "docs/abbreviations.md": "# Abbreviations\n\nWe use no abbreviations. Write words out.\n",
    "docs/dictionary.md": (
        "# The class `Dictionary`\n\n## Methods\n\n### "
        "get\n\nReturns the value of a key.\n\n```py\nd.get('x')\n```\n"
    ),
    "terms.md": (
        "# Terms of service\n\n## Your account\n\nKeep the password secret.\n\n## Refunds\n\n"
        "We pay back what is left.\n\n## Liability\n\nWe are liable as the law says.\n\n"
        "## Changes\n\nWe tell you about changes.\n\n## Contact\n\nWrite to us.\n"
    ),
    "api/dictionary.md": (
        "# Dictionaries\n\n### `IMap`\n\nThe interface of a map.\n\n### `MapList`\n\nA list of maps.\n\n"
        "### `MapEnum`\n\nAn enumeration as a map.\n\n### `MapView`\n\nA view of a map.\n"
    ),
    "docs/glossary/README.md": (
        "# Glossary (for authors)\n\n## What this is (and is not)\n\n- **This is:** notes about the code.\n"
        "- **This is not:** a list of definitions.\n\n## Rules (for all authors)\n\n"
        "- **One word for one thing.** Use no other.\n- **Name the file.** Link to the code.\n\n"
        "## How to add an entry\n\n- **Purpose** in a sentence\n- **Files** that it is about\n"
    ),
    "docs/acronyms.md": (
        "---\ntitle: Acronyms\nms.date: 2026-01-02\n---\n\n# Acronyms\n\n"
        "## First use\n\nSpell it out once.\n\n"
        "## In headings\n\nAvoid them there.\n\n## Plurals\n\nAdd an s.\n\n## Possessives\n\nAvoid these.\n"
    ),
    "plugin/abbreviations.md": (
        "# Abbreviation\n\n## Syntax\n\n`abbreviations: true`\n\n## Parameters\n\nA flag or a map.\n\n"
        "## Disabling\n\nSet it to false.\n"
    ),
}

#: Small and unusual glossaries, by their paths.
GLOSSARIES = {
    "GLOSSARY.md": "# Glossary\n\n## Tablelet\n\nA part of a table.\n",
    "docs/acronyms.md": (
        "# Acronyms\n\n| Short | Long |\n| --- | --- |\n| "
        "QWB | Queue Wait Budget |\n| QZX | Quick Zone Xfer |\n"
    ),
    "docs/terms.md": (
        "# Terms\n\n- **Shard**: a part of a table.\n- **Queue**: where jobs wait.\n"
        "- **Worker**: a node that runs jobs.\n- **Cell**: a copy of the whole system.\n"
    ),
    "docs/abbreviations.md": "*[QWB] : Queue Wait Budget\n",
    "docs/dictionary.md": (
        "# Dictionary\n\nOur words.\n\n## General\n\n- Account type: one of two kinds of users\n\n"
        "- Applicant: who asks for something\n\n- Company: who offers something\n\n"
        "## Pages\n\n- Card: what shows an applicant\n"
    ),
    "includes/abbreviations.md": "*[QWB]: Queue Wait Budget\n*[QZX]: Quick Zone Xfer\n",
    "acronyms.csv": "QWB,Queue Wait Budget\nQZX,Quick Zone Xfer\n",
    "glossary.json": (
        '[{"term": "Shard", "definition": "A part of a '
        'table."}, {"term": "Queue", "definition": "Where jobs wait."}]'
    ),
    "docs/source/glossary.rst": (
        "Glossary\n========\n\n.. glossary::\n\n   shard\n      "
        "A part of a table.\n\n   queue\n      Where jobs wait.\n"
    ),
}


@pytest.mark.parametrize("path", OTHERS)
def test_a_page_that_is_no_glossary_never_becomes_one(path: str) -> None:
    file = formats.parse(f"/ws/{path}", Text(OTHERS[path]))
    assert not is_recognized(file), [term.name for term in file.terms]
    assert why_not(file)


def test_the_description_of_a_page_is_claimed_by_no_format() -> None:
    """Site generators have files of data with the name of a page: its title, address and children."""
    head = "title: Glossary\nsubpath: /glossary/\npages:\n"
    assert formats.format_of("/ws/_data/glossary.yml", head) is None
    assert formats.format_of("/ws/_data/glossary.yml", "Title: What is above.\n") is not None


@pytest.mark.parametrize("path", GLOSSARIES)
def test_a_glossary_is_recognized_and_used_for_the_whole_project(path: str) -> None:
    files = MemoryFiles(
        {f"/ws/{path}": GLOSSARIES[path], "/ws/services/pay/README.md": "The QWB of a shard.\n"}
    )
    active = Workspace(files, ["/ws"]).glossary_of("/ws/services/pay/README.md")
    assert next(file.path for file in active.files) == f"/ws/{path}"
    assert scope_of(f"/ws/{path}", "/ws") == "/ws"


def test_a_glossary_of_a_part_of_the_project_is_used_there_only() -> None:
    files = MemoryFiles({"/ws/pay/docs/GLOSSARY.md": GLOSSARIES["GLOSSARY.md"]})
    space = Workspace(files, ["/ws"])
    assert space.glossary_of("/ws/pay/src/README.md").senses("tablelet")
    assert not space.glossary_of("/ws/ship/README.md").senses("tablelet")


def test_a_workspace_folder_with_the_name_of_documentation_is_the_limit() -> None:
    files = MemoryFiles({"/home/docs/GLOSSARY.md": GLOSSARIES["GLOSSARY.md"]})
    assert Workspace(files, ["/home/docs"]).glossary_of("/home/docs/a/b.md").senses("tablelet")


def test_the_settings_say_no_and_take_it_back() -> None:
    files = MemoryFiles({"/ws/docs/GLOSSARY.md": GLOSSARIES["GLOSSARY.md"]})
    space = Workspace(files, ["/ws"])
    assert space.glossary_of("/ws/a.md").senses("tablelet")
    space.configure({"sources": ["!/docs/GLOSSARY.md"]})
    assert not space.glossary_of("/ws/a.md").senses("tablelet")
    (row,) = (
        each
        for each in space.glossaries.listed("/ws/a.md", "/ws", space.settings_of("/ws/a.md"))
        if not each.is_used
    )
    assert row.reason == "the setting 'sources' excludes it"
    space.configure({"sources": []})
    assert space.glossary_of("/ws/a.md").senses("tablelet")


@pytest.mark.parametrize(
    "ending", ["py", "toml", "yaml", "md", "tbx", "ttl", "xml", "jsonld", "inv", "txt", ""]
)
@pytest.mark.parametrize("stem", ["glossary", "a", "cspell", "_typos", "team.glossary", "accept"])
@pytest.mark.parametrize("folder", ["/ws", "/ws/.glossary", "/ws/vocab/base", "/ws/docs/glossary"])
def test_a_name_is_claimed_as_the_formats_do(folder: str, stem: str, ending: str) -> None:
    path = f"{folder}/{stem}.{ending}".rstrip(".")
    claims = {each.claims(path, "") for each in formats.FORMATS}
    assert claims == {each.module.claims(path, "") for each in formats.FORMATS}
    assert formats.is_glossary(path) is (Claim.BY_NAME in claims)
    assert formats.may_be_glossary(path) is bool(claims & {Claim.BY_NAME, Claim.LIKELY})


def test_the_row_of_a_format_says_what_its_module_does() -> None:
    for row in formats.FORMATS:
        assert (row.id, row.suffixes) == (row.module.id, row.module.suffixes)
