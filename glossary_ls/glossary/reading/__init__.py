"""What the readers of all formats share: names as people write them, labels of fields, drafts of entries.

A reader finds the entries of a file and describes each as a `Draft`: `drafts` makes entries of these, with
`names`, `openings` and `labels` as the one place that interprets what people write. Start with `drafts`.
This package must not know any format.
"""
