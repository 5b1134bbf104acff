"""Settings: the table that declares them, and how they are resolved for one document.

It knows neither documents nor glossaries. Start with `schema`, the table from which the JSON schema, the
manual and the options of the extension are generated; `resolver` merges editor, file and overrides.
"""
