"""The language server: the protocol on one side, the workspace on the other.

A message goes from `transport` to `protocol`, which looks up its function in `registry`; requests are
answered by `handlers/`, notifications by `text_sync` and `notebooks`. `from_lsp` and `to_lsp` convert JSON to
the core's types and back; `tasks` runs long work in slices between messages. `early`, `capabilities` and what
they need load neither pygls and lsprotocol nor the core. Start reading at `registry`.
"""
