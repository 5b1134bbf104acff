"""Fixes that no rule has on its own: ignoring any rule, and refactorings at the cursor, one kind per file.

`writing` works out the edits of a fix. Start with `features.code_actions`, which puts all fixes in order.
"""
