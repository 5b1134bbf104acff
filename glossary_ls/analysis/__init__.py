"""A scanned document: its mentions, candidates, definitions, and the facts about its chunks.

It reports nothing and answers no request. Start with `scan` (text and glossary to `Analysis`), then
`document`, the view that rules and features get, and `chunks`, whose facts survive an edit elsewhere.
"""
