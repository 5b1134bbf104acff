"""Servers that do as little as possible, to compare with. They must not import glossary_ls."""
