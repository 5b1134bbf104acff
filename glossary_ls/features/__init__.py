"""Features: what an editor can ask about a document. Pure: each returns plain data.

A feature takes a `Document` and offsets, never a protocol message, and renders nothing: `render` turns
what it returns into Markdown or plain text. `lsp.registry` lists the requests that ask for them.
"""
