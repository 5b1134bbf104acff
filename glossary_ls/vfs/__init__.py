"""The file system: reading and writing files, and walking a folder.

It must not know what a glossary or a document is. Start with `files`, the only module of the core that reads
or writes files; `walk` lists the files of a workspace folder and `ignore` applies its `.gitignore` files.
"""
