"""Visual Studio Code: how long its window waits for the extension."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.timing import Row

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows() -> Iterator[Row]:
    """Yield the measurement; nothing where there is no editor, no browser, or nothing to drive it with."""
    try:
        from tests.e2e.vscode import activation, code  # noqa: PLC0415  because not every machine has them

        reason = code.missing()
    except ImportError as error:
        reason = str(error)
    if reason:
        print(f"  left out: {reason}")
        return
    ours, theirs = activation.activations("Glossary", "Markdown Language Features")
    yield Row("activating the extension (wanted: < 50 ms)", ours, ours / theirs, "Markdown's own extension")
