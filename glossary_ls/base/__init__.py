"""The vocabulary of the program: texts, spans, positions, paths, edits and the frozen data passed around.

It knows no file system, no markup and no glossary, and imports only the standard library. Start with
`text` (offsets, lines, encodings) and `model` (the nouns); `buffer` is a text that is edited.
"""
