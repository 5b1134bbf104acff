"""The file system and the web: reading and writing files, walking a folder, fetching.

It must not know what a glossary or a document is. Start with `files`, which reads and writes files; `walk`
lists the files of a workspace folder and `ignore` applies its `.gitignore` files. `packages` finds the files
of installed Python packages, and `remote` fetches files from the web.
"""
