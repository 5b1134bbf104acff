"""Rewording a document without damage: every edit of a feature or a fix goes through here.

It decides whether words may be replaced, and what else must change with them: the target of a link, the
adornment of a title, the columns of a table, an article, a capital. Start with `plan`. This package must not
know rules, features or the workspace.
"""
