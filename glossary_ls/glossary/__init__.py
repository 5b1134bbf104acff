"""The term store: glossary files of any format, and the index that merges them.

It knows no document and no editor. Start with `index` (look up a name, match a text), then `store` (glossary
files as last read) and `formats` (one file format each).
"""
