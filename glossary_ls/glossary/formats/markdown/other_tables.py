"""Which tables of a page are no terms, with regard to the whole page.

This module must not know how an entry is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.glossary.formats.markdown.candidates import Content


def drop_other_tables(contents: Sequence[Content], terms: set[int]) -> None:
    """Leave out tables that are taken for terms by their content only, where other entries are more."""
    bodies = [
        content
        for content in contents
        if not content.section.is_about and content.section.number not in terms
    ]
    certain = len(terms) + sum(
        len(content.leads) + sum(len(table.rows) for table in content.tables if table.has_named_column)
        for content in bodies
    )
    others = sum(
        len(table.rows)
        for content in bodies
        for table in content.tables
        if table.is_plausible and not table.has_named_column
    )
    for content in contents:
        content.tables = [
            table
            for table in content.tables
            if table.is_plausible and (table.has_named_column or others > 4 * certain)
        ]
    tables = [table for content in bodies for table in content.tables]
    told = sum(len(table.rows) for table in tables if table.is_told)
    if told > sum(len(table.rows) for table in tables if not table.is_told):
        # The others list names of something else, such as the values of a field.
        for content in contents:
            content.tables = [table for table in content.tables if table.is_told]
