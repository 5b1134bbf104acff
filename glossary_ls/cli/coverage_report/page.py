"""A report on coverage as one page of HTML that holds everything it needs, and fetches nothing.

Every text is escaped, and a content security policy allows the page's own script and style only. The script
sorts tables; without it, all is there in the order of `tables`.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from glossary_ls.base.web_page import policy
from glossary_ls.cli.coverage_report.svg import Bar, Part, bars, columns, stacked
from glossary_ls.cli.coverage_report.tables import LABELS, Percent, headline, tables
from glossary_ls.cli.reporters.safe import visible
from glossary_ls.features.coverage.model import share
from glossary_ls.vfs.files import data_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.cli.coverage_report.tables import Cell, Column, Table
    from glossary_ls.features.coverage.report import Report

#: How many bars a plot has, and how many characters the label of one.
_MOST_BARS, _LONGEST_LABEL = 12, 40

#: How many rows a table has: a browser takes long to lay out more.
_MOST_ROWS = 5000

_TITLE = "Glossary coverage"


def page(report: Report) -> str:
    """Return the page."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    script, style = data_text("coverage/page.js"), data_text("coverage/page.css")
    made = tables(report)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy(script, style)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_TITLE}</title>\n<style>{style}</style>\n</head>\n<body>"
    yield '<a class="skip" href="#report">Skip to the report</a>'
    yield f"<header>\n<h1>{_TITLE}</h1>\n<p>{_text(headline(report))}.</p>"
    links = "".join(f'<li><a href="#{table.id}">{_text(table.title)}</a></li>' for table in made)
    yield f'<nav aria-label="Contents"><ul>{links}</ul></nav>\n</header>'
    yield '<main id="report" tabindex="-1">'
    yield from _figures(report)
    yield from _plots(report)
    for table in made:
        yield from _section(table)
    yield "</main>"
    yield f"<footer><p>Made by glossary-ls on {report.day.isoformat()}.</p></footer>"
    yield f"<script>{script}</script>\n</body>\n</html>"


def _figures(report: Report) -> Iterator[str]:
    own = sum(row.is_own for row in report.entries)
    figures = (
        ("Explained", Percent(report.share)),
        ("Documents", len(report.documents)),
        ("Unexplained acronyms", len(report.acronyms)),
        ("Own entries", own),
        ("Never used", len(report.unused)),
        ("Overdue for review", len(report.overdue)),
    )
    cards = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in figures)
    yield f'<dl class="figures">{cards}</dl>'


def _plots(report: Report) -> Iterator[str]:
    yield '<div class="plots">'
    parts = [Part(str(each), number) for each, number in report.terms.items()]
    yield "<figure>\n<figcaption>How terms are explained</figcaption>"
    yield stacked(_summary(report), parts)
    keys = (
        f'<li><span class="key {each}"></span>{_text(LABELS[each])}: {number}</li>'
        for each, number in report.terms.items()
        if number
    )
    yield f'<ul class="legend">{"".join(keys)}</ul>'
    yield "<p>A term counts once in each document that uses it.</p>\n</figure>"
    worst = sorted(report.folders, key=lambda row: (share(row.terms), row.folder))[:_MOST_BARS]
    shares = [Bar(row.folder, share(row.terms), str(Percent(share(row.terms)))) for row in worst]
    yield from _plot("Coverage by folder, lowest first", shares, 100)
    used = report.used[:_MOST_BARS]
    uses = [Bar(row.term.name, row.tally.uses, str(row.tally.uses)) for row in used]
    yield from _plot("Most used terms", uses, max((bar.value for bar in uses), default=1))
    if any(report.reviews):
        reviewed = [Bar(year or "never", number, str(number)) for year, number in report.reviews.items()]
        title = "Own entries by last review"
        yield f"<figure>\n<figcaption>{title}</figcaption>"
        yield f"{columns(_described(title, reviewed), reviewed)}\n</figure>"
    yield "</div>"


def _plot(title: str, rows: list[Bar], most: float) -> Iterator[str]:
    if rows:
        rows = [row._replace(label=_shortened(visible(row.label))) for row in rows]
        yield f"<figure>\n<figcaption>{title}</figcaption>"
        yield f"{bars(_described(title, rows), rows, most)}\n</figure>"


def _summary(report: Report) -> str:
    """Return what a reader of the first plot sees, for those who cannot see it."""
    return ", ".join(f"{LABELS[each]}: {number}" for each, number in report.terms.items() if number)


def _described(title: str, rows: list[Bar]) -> str:
    return f"{title}: {', '.join(f'{row.label} {row.text}' for row in rows)}"


def _shortened(text: str) -> str:
    """Return a label without its beginning, which names of files and folders share, if it is too long."""
    return text if len(text) <= _LONGEST_LABEL else f"…{text[1 - _LONGEST_LABEL :]}"


def _section(table: Table) -> Iterator[str]:
    number = f' <span class="number">({len(table.rows)})</span>' if table.rows else ""
    yield "<section>"
    yield f'<h2 id="{table.id}" tabindex="-1">{_text(table.title)}{number}</h2>'
    yield f"<p>{_text(table.note if table.rows else table.none)}</p>"
    if table.rows:
        # A table that is too wide can be scrolled with the keyboard once it can have the focus.
        yield f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{table.id}">'
        yield f"<table>\n<thead><tr>{''.join(map(_head, table.columns))}</tr></thead>\n<tbody>"
        yield from (_row(row, table.columns) for row in table.rows[:_MOST_ROWS])
        yield "</tbody>\n</table>\n</div>"
    if len(table.rows) > _MOST_ROWS:
        yield f"<p>{len(table.rows) - _MOST_ROWS} more rows are in the output of --json.</p>"
    yield "</section>"


def _head(column: Column) -> str:
    return f'<th scope="col"{_class(column)}>{_text(column.head)}</th>'


def _row(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> str:
    first, *others = zip(row, columns, strict=True)
    cells = (f"<td{_class(column)}>{_text(str(cell))}</td>" for cell, column in others)
    return f'<tr><th scope="row">{_text(str(first[0]))}</th>{"".join(cells)}</tr>'


def _class(column: Column) -> str:
    return ' class="number"' if column.is_number else ""


def _text(text: str) -> str:
    return escape(visible(text))
