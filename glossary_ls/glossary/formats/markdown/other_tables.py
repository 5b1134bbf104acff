"""What the tables of a page say about it: which of them are no terms, and that headings are none.

This module must not know how an entry is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.glossary.reading.labels import Field, field_of

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
            if table.is_plausible and (table.has_named_column or table.is_marked or others > 4 * certain)
        ]
    tables = [table for content in bodies for table in content.tables]
    told = sum(len(table.rows) for table in tables if table.is_told)
    if told > sum(len(table.rows) for table in tables if not table.is_told):
        # The others list names of something else, such as the values of a field.
        for content in contents:
            content.tables = [table for table in content.tables if table.is_told]


def tabled(holding: Sequence[Content]) -> int:
    """Return how much the rows of tables say that other headings are no terms, by what heads the columns.

    A row below a heading for names and one for definitions counts six, below a heading for names three, and
    in a section that is nothing but a table two.
    """
    found = 0
    for content in holding:
        for table in content.tables:
            if table.is_known and table.has_named_column:
                is_told = any(field_of(header) is Field.DEFINITION for header in table.headers)
                found += (6 if is_told else 3) * len(table.rows)
            elif content.prose_lines == 0:
                found += 2 * len(table.rows)
    return found
