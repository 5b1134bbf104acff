"""The editor of glossaries in YAML: edits as a person would have made them. Nothing is written here."""

from glossary_ls.glossary.formats.yaml.accept import add_accepted
from glossary_ls.glossary.formats.yaml.add_alias import add_alias
from glossary_ls.glossary.formats.yaml.add_term import add_term, can_write, new_file, new_glossary
from glossary_ls.glossary.formats.yaml.explain import establish, explain, explanation
from glossary_ls.glossary.formats.yaml.remove import add_value, remove_alias, remove_entry, rewritten
from glossary_ls.glossary.formats.yaml.scalars import is_plain

__all__ = [
    "add_accepted",
    "add_alias",
    "add_term",
    "add_value",
    "can_write",
    "establish",
    "explain",
    "explanation",
    "is_plain",
    "new_file",
    "new_glossary",
    "remove_alias",
    "remove_entry",
    "rewritten",
]
