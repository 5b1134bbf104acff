"""The file system: the disk, its in-memory twin for tests, and walking a folder.

It does not know what a glossary or a document is. `files` is the only module of the core that reads or
writes; start there. `walk` lists the files of a workspace folder, honoring `.gitignore`.
"""
