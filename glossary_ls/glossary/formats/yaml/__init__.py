"""The native format of glossaries: YAML, which is read, written, and completed as it is typed.

Start with `reader`; `keys` declares what an entry may hold, and `editor` lists what can be written.
"""

from glossary_ls.base.text import Text
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats.yaml import assistant, editor
from glossary_ls.glossary.formats.yaml.dialect import Dialect, dialect_of
from glossary_ls.glossary.formats.yaml.reader import read
from glossary_ls.glossary.model import GlossaryFile
from glossary_ls.glossary.naming import is_named, is_usual

__all__ = ["assistant", "claims", "editor", "id", "parse", "read", "suffixes"]

id = "yaml"  # noqa: A001  because a format is a module
suffixes = (".yaml", ".yml")


def claims(path: str, head: str) -> Claim:
    """Return whether a file is a glossary of this format."""
    if not path.endswith(suffixes):
        return Claim.NO
    if is_named(path, suffixes):
        return Claim.IF_CONFIGURED if head and dialect_of(head) is Dialect.PAGE else Claim.BY_NAME
    is_native = is_usual(path, suffixes) and dialect_of(head) in {Dialect.NATIVE, Dialect.PLAIN}
    return Claim.LIKELY if is_native else Claim.IF_CONFIGURED


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    return read(path, text)
