"""Writers: edits to glossary and configuration files, as a person would have made them.

They write nothing to the disk.
"""

from glossary_ls.base.edits import applied
from glossary_ls.glossary.formats.yaml.yaml_accepted import add_accepted, new_accepted
from glossary_ls.glossary.formats.yaml.yaml_aliases import add_alias
from glossary_ls.glossary.formats.yaml.yaml_removals import add_value, remove_alias, remove_entry, rewritten
from glossary_ls.glossary.formats.yaml.yaml_terms import add_term, can_write, new_glossary
from glossary_ls.settings.toml_edit import switch_off

__all__ = [
    "add_accepted",
    "add_alias",
    "add_term",
    "add_value",
    "applied",
    "can_write",
    "new_accepted",
    "new_glossary",
    "remove_alias",
    "remove_entry",
    "rewritten",
    "switch_off",
]
