"""The native format of glossaries: YAML, which is read, written, and completed as it is typed.

Start with `reader`; `keys` declares what an entry may hold, and `editor` lists what can be written.
"""

from glossary_ls.base.text import Text
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats.yaml import assistant, editor
from glossary_ls.glossary.formats.yaml.reader import read
from glossary_ls.glossary.model import GlossaryFile
from glossary_ls.glossary.naming import is_named

__all__ = ["assistant", "claims", "editor", "id", "parse", "read", "suffixes"]

id = "yaml"  # noqa: A001  because a format is a module
suffixes = (".yaml", ".yml")


def claims(path: str, _head: str) -> Claim:
    """Return whether a file is a glossary of this format."""
    if not path.endswith(suffixes):
        return Claim.NO
    return Claim.BY_NAME if is_named(path, suffixes) else Claim.IF_CONFIGURED


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    return read(path, text)
