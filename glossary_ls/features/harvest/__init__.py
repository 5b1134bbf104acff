"""What the glossary lacks: undefined acronyms and recurring phrases of documents, with guesses at long forms.

Start with `gathering`, which reads one document; `found` has the results, which can be merged in any
grouping, `ranking` what is worth an entry, and `writing` the entries. This package must
not know files or workspaces.
"""
