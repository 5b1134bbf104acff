"""Readers: one file format each, from text to terms. They read what they can and tell what they could not."""

from glossary_ls.glossary.formats.yaml.yaml_glossary import read

__all__ = ["read"]
