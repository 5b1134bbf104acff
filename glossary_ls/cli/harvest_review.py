"""`glossary-ls harvest --review`: a key for each name that the glossary lacks, saved as you go.

It must not know how names are found or files are written.
"""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.model import Term
from glossary_ls.cli.errors import InputError
from glossary_ls.cli.project import shown
from glossary_ls.cli.reporters.safe import visible
from glossary_ls.cli.terminal import can_ask, read_key, width
from glossary_ls.features.harvest.ranking import Kind
from glossary_ls.features.harvest.writing import note, with_accepted, with_term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from glossary_ls.features.harvest.ranking import Missing

_INDENT = " " * 5

_HELP = "a accept, e edit, s skip, i needs no entry, u undo, q quit"

#: The keys that end a review: `q`, the end of the input, and Ctrl+D.
_END = frozenset({"q", "", "\x04"})

#: A glossary without entries, for the undoing of the first one.
_EMPTY = "version: 1\n"


@dataclass(slots=True)
class _Review:
    """A review: the path of the glossary, and its text before and after each decision.

    `read` returns the text as it is on the disk, None without a file; `write` replaces the one that it is.
    """

    path: str
    read: Callable[[str], str | None]
    write: Callable[[str, str | None, str], None]
    done: list[tuple[str | None, str | None]] = field(default_factory=list)

    def decide(self, missing: Missing, answer: str) -> str:
        """Carry out a decision, and return what was done."""
        name = visible(missing.name)
        if answer == "s":
            self.done.append((None, None))
            return f"{name} is skipped"
        term = _edited(missing) if answer == "e" else Term(missing.name, missing.long)
        before = self.read(self.path)
        if answer == "i":
            after = with_accepted(self.path, before, [missing.name])
            said = f"{name} needs no entry"
        else:
            after = with_term(self.path, before, term)
            long = visible(term.expansion or term.definition)
            said = f"{name} = {long}" if long else f"{name} has an entry that is to be filled in"
        if after is None:
            self.done.append((None, None))
            return f"{name} cannot be added: it is there already, or the file has errors"
        self.write(self.path, before, after)
        self.done.append((before, after))
        return said

    def undo(self) -> str:
        """Undo the last decision, and return what was done."""
        before, after = self.done[-1]
        if after is not None:
            if self.read(self.path) != after:
                return "not undone: the glossary was changed by somebody else"
            self.write(self.path, after, _EMPTY if before is None else before)
        self.done.pop()
        return "undone"


def review(
    path: str,
    listed: Sequence[Missing],
    read: Callable[[str], str | None],
    write: Callable[[str, str | None, str], None],
) -> int:
    """Ask for each name; return the exit code. Raises InputError if nobody can answer.

    `path` is that of the glossary, which `read` and `write` are called with.
    """
    if not can_ask():
        raise InputError("--review asks on a terminal; --write adds all without asking")
    asked = _Review(path, read, write)
    while (at := len(asked.done)) < len(listed):
        missing = listed[at]
        guess = f" = {visible(missing.long)}?" if missing.long else ""
        print(f"\n{at + 1}/{len(listed)}  {visible(missing.name)}{guess}\n{_wrapped(visible(note(missing)))}")
        print(f"     {_HELP}: ", end="", flush=True)
        answer = read_key().lower()
        if answer in _END:
            print("quit")
            break
        if answer == "u":
            print(asked.undo() if asked.done else "nothing to undo")
        elif answer in {"a", "e", "s", "i", "\n", "\r"}:
            print(asked.decide(missing, "a" if answer in {"\n", "\r"} else answer))
        else:
            print("no such key")
    is_changed = any(after is not None for _, after in asked.done)
    where = f" What you accepted is in {visible(shown(path))}." if is_changed else ""
    print(f"\n{len(asked.done)} of {len(listed)} reviewed.{where}")
    return 0


def _wrapped(line: str) -> str:
    """Return a line below a name, broken between words."""
    return fill(line, width(), initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False)


def _edited(missing: Missing) -> Term:
    """Return a term with what the user types; nothing keeps the guess."""
    what = "expansion" if missing.kind is Kind.ACRONYM else "definition"
    default = f" [{visible(missing.long)}]" if missing.long else ""
    typed = input(f"\n     {what}{default}: ").strip()
    if missing.kind is Kind.ACRONYM:
        return Term(missing.name, typed or missing.long)
    return Term(missing.name, definition=typed)
