"""The requests: one function each, from typed parameters to JSON.

`request` says how a row of the registry becomes an answer. A handler converts explicitly with `to_lsp`. None
may be asynchronous: a handler that awaits would see edits that came after its request.
"""
