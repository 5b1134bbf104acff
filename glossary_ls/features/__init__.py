"""Features: what an editor can ask about a document. Pure, one file each; each returns plain data.

A feature takes a `Document` and offsets, never a protocol message, and renders nothing: `render` turns
what it returns into Markdown or plain text. `lsp.requests` lists the features with their requests.
"""
