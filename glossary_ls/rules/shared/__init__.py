"""What several rules share: the data of a fix, payloads with their fixes, and the edits of fixes.

Start with `fix`, the data that every rule's fixes return; `replacement` and `undefined` are the payloads of
more than one rule. This package must not know any single rule.
"""
