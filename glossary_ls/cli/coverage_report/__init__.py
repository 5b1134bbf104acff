"""How `glossary-ls coverage` renders a report: `text`, `objects` (JSON) and `page` (HTML).

`tables` is what the text and the page have in common. Nothing here reads documents or prints; whatever a
document contains, what a renderer returns has no control characters.
"""
