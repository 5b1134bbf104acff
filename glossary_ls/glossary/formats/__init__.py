"""Glossary file formats, one subpackage or module each.

A format turns the text of a file into terms with source spans and problems, and may edit the file. Start
with `yaml`, the native format.
"""
