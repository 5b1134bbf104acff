"""Names of glossary files: which names mark a file as one, and to which documents it applies.

It must not know formats, or read files.
"""

from __future__ import annotations

from glossary_ls.base import paths
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set

GLOSSARY_FOLDER = ".glossary"

#: The folder of Contextive's glossaries.
CONTEXTIVE_FOLDER = ".contextive"

#: Folders whose glossaries apply to the documents beside them.
GLOSSARY_FOLDERS = (GLOSSARY_FOLDER, CONTEXTIVE_FOLDER)

#: Names of glossaries in public repositories, without the ending, in lower case: words, and phrases.
USUAL = word_set(
    "glossary glossaries glossar glossaire glosario glossario acronyms acronym abbreviations abbreviation "
    "abbr terminology terms term lexicon vocabulary definitions jargon nomenclature dictionary thesaurus "
    "begriffe abkürzungen abréviations acrónimos siglas"
)
_PHRASES = frozenset(
    {
        "ubiquitous language",
        "glossary of terms",
        "list of acronyms",
        "list of abbreviations",
        "terms and definitions",
        "terms and acronyms",
        "acronyms and abbreviations",
        "key terms",
        "domain glossary",
        "project glossary",
        "concepts and terms",
    }
)

#: A part of a name that marks a glossary: `api-glossary`, `glossary_en`.
_PARTS = word_set("glossary glossaries glossar acronyms abbreviations terminology")

#: Parts of the name of a page that is about glossaries.
_ABOUT = word_set(
    "format formats rules guide guides guideline guidelines template templates instructions howto how spec "
    "specification schema file files writing contributing"
)

#: A name of more words is the title of an article, such as `how-to-write-a-glossary`.
_MOST_WORDS = 4

#: Folders of documentation: a glossary in one of them is about everything around it.
_DOCUMENTATION = word_set(
    "doc docs documentation reference references includes include source src content contents en english "
    "pages page website site web static public data _data _includes wiki handbook manual guide guides book "
    "modules root resources assets appendix appendices common shared about overview meta info help user "
    "general introduction intro misc glossary glossaries _glossary glossar terminology terms acronyms "
    "abbreviations tex latex chapters frontmatter backmatter .vale styles config vocabularies "
    "vale .github architecture domain concepts learn community project knowledge-base kb"
)

#: Folders of data that belong to the folder around them.
_DATA = word_set("_data data")

#: Folders of Vale that hold a folder for each vocabulary.
_VOCABULARIES = word_set("vocabularies vocab")

#: Folders that hold one term in each file.
_TERM_FOLDERS = word_set(
    "glossary _glossary glossar glossaire glosario terms _terms terminology acronyms "
    "lexicon dictionary vocabulary definitions concepts ubiquitous-language"
)

_JOINER = lazily(r"[\s_.-]+")


def is_named(path: str, suffixes: tuple[str, ...]) -> bool:
    """Return whether a file is a glossary by its name, which ends with one of `suffixes`."""
    name = paths.name(path)
    if not name.endswith(suffixes):
        return False
    stem = name.rpartition(".")[0]
    return stem in {"glossary", ".glossary"} or stem.endswith(".glossary") or _in_folder(path)


def is_usual(path: str, suffixes: tuple[str, ...]) -> bool:
    """Return whether a file has a name that glossaries often have, and ends with one of `suffixes`."""
    name = paths.name(path).lower()
    if not name.endswith(suffixes):
        return False
    words = _JOINER.sub(" ", name[: max(map(len, filter(name.endswith, suffixes))) * -1]).strip()
    parts = words.split()
    is_part = not _PARTS.isdisjoint(parts) and _ABOUT.isdisjoint(parts)
    return words in USUAL or words in _PHRASES or (len(parts) <= _MOST_WORDS and is_part)


def is_in_term_folder(path: str) -> bool:
    """Return whether the folder of a file, or the one above that, has a name as folders of terms have."""
    return bool(term_folder(path))


def term_folder(path: str) -> str:
    """Return the folder of terms that a file is in, directly or one level deeper; empty for other files."""
    folder = paths.parent(path)
    folders = (each for each in (folder, paths.parent(folder)) if paths.name(each).lower() in _TERM_FOLDERS)
    return next(folders, "")


def is_in_vocabulary(path: str) -> bool:
    """Return whether a file is in the folder of a vocabulary of Vale."""
    return paths.name(paths.parent(paths.parent(path))).lower() in _VOCABULARIES


def holds_vocabularies(folder: str) -> bool:
    """Return whether a folder has a name as the folder of all vocabularies of Vale has."""
    return paths.name(folder).lower() in _VOCABULARIES


def _is_around(folder: str, *, is_named: bool) -> bool:
    return folder.lower() in _DATA or (not is_named and is_documentation(folder))


def is_documentation(folder: str) -> bool:
    """Return whether a folder has a name as folders of documentation have."""
    return folder.lower() in _DOCUMENTATION


def scope_of(path: str, *, is_named: bool) -> str:
    """Return the folder to whose documents a glossary file applies.

    That is the folder of the file, above folders for data. A file that is no glossary by its name alone
    (`is_named`) is also above folders of documentation: the page `docs/reference/glossary` explains the terms
    of the whole project.
    """
    parts = paths.parent(path).split("/")
    inner = next((at for at, name in enumerate(parts) if name in GLOSSARY_FOLDERS), None)
    if inner is not None:
        return "/".join(parts[:inner]) or "/"
    if is_in_vocabulary(path):
        del parts[-2:]
        is_named = False
    while len(parts) > 1 and _is_around(parts[-1], is_named=is_named):
        del parts[-1]
    return "/".join(parts) or "/"


def _in_folder(path: str) -> bool:
    return GLOSSARY_FOLDER in paths.parent(path).split("/")
