"""The data types that every other package uses: texts, spans, positions, paths, edits and the model.

It must not know the file system, a markup language or a glossary format, and imports only the standard
library. Start with `text` (offsets, lines, encodings) and `model` (the frozen data classes); `buffer` is a
text under edit, `memo` the one way to cache a result.
"""
