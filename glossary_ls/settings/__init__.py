"""Settings: the table that declares them, and their resolution for a document.

It must not know documents, glossaries or rules. Start with `schema`, the table from which the JSON
schema, the manual and the options of the extension are generated. `config_file` reads a file, `overrides` its
settings for some documents, and `resolver` merges editor settings, files and overrides.
"""
