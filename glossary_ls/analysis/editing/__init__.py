"""Rewording a document without damage: every edit of a feature or fix goes through `reworded.reworded`.

It decides whether words may be replaced, and what else must change with them: the target of a link, the
adornment of a title, the columns of a table, an article, a capital. Start with `reworded`. This package must
not know rules, features or the workspace.
"""
