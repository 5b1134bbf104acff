"""`glossary-ls harvest --review`: a key for each name that the glossary lacks, saved as you go.

It must not know how names are found or files are written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from glossary_ls.base.model import Term
from glossary_ls.cli.errors import InputError
from glossary_ls.cli.reporters.safe import visible
from glossary_ls.cli.terminal import can_ask, read_key
from glossary_ls.features.harvest.ranking import Kind
from glossary_ls.features.harvest.writing import note, with_accepted, with_term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from glossary_ls.features.harvest.ranking import Missing
    from glossary_ls.rules.shared.fix import Target

_HELP = "a accept, e edit, s skip, i needs no entry, u undo, q quit"

#: The keys that end a review: `q`, the end of the input, and Ctrl+D.
_END = frozenset({"q", "", "\x04"})

#: A glossary without entries, for the undoing of the first one.
_EMPTY = "version: 1\n"


@dataclass(slots=True)
class _Review:
    """A review: the glossary, its text now, and what that was before each decision."""

    target: Target
    write: Callable[[str, str], None]
    text: str | None
    before: list[str | None] = field(default_factory=list)

    def decide(self, missing: Missing, answer: str) -> str:
        """Carry out a decision, and return what was done."""
        before, path, name = self.text, self.target.path, visible(missing.name)
        done = f"{name} is skipped"
        if answer == "i":
            self._save(with_accepted(path, self.text, [missing.name]))
            done = f"{name} needs no entry"
        elif answer in {"a", "e"}:
            term = _edited(missing) if answer == "e" else Term(missing.name, missing.long)
            self._save(with_term(path, self.text, term))
            said = visible(term.expansion or term.definition)
            done = f"{name} = {said}" if said else f"{name} has an entry that is to be filled in"
        self.before.append(before)
        return done

    def undo(self) -> bool:
        """Undo the last decision; return whether there was one."""
        if not self.before:
            return False
        before = self.before.pop()
        if before != self.text:
            self._save(_EMPTY if before is None else before)
            self.text = before
        return True

    def _save(self, text: str | None) -> None:
        """Save the glossary. None says that it has the entry already, or cannot be edited safely."""
        if text is not None and text != self.text:
            self.write(self.target.path, text)
            self.text = text


def review(target: Target, listed: Sequence[Missing], write: Callable[[str, str], None]) -> int:
    """Ask for each name; return the exit code. Raises InputError if nobody can answer."""
    if not can_ask():
        raise InputError("--review asks on a terminal; --write adds all without asking")
    asked = _Review(target, write, target.source)
    at = 0
    while at < len(listed):
        missing = listed[at]
        guess = f" = {visible(missing.long)}?" if missing.long else ""
        print(f"\n{at + 1}/{len(listed)}  {visible(missing.name)}{guess}\n     {visible(note(missing))}")
        print(f"     {_HELP}: ", end="", flush=True)
        answer = read_key().lower()
        if answer in _END:
            print("quit")
            break
        if answer == "u":
            print("undone" if asked.undo() else "nothing to undo")
            at = max(at - 1, 0)
        elif answer in {"a", "e", "s", "i", "\n", "\r"}:
            print(asked.decide(missing, "a" if answer in {"\n", "\r"} else answer))
            at += 1
        else:
            print("no such key")
    print(f"\n{at} of {len(listed)} reviewed. What you accepted is in {visible(target.path)}.")
    return 0


def _edited(missing: Missing) -> Term:
    """Return a term with what the user types; nothing keeps the guess."""
    what = "expansion" if missing.kind is Kind.ACRONYM else "definition"
    default = f" [{visible(missing.long)}]" if missing.long else ""
    typed = input(f"\n     {what}{default}: ").strip()
    if missing.kind is Kind.ACRONYM:
        return Term(missing.name, typed or missing.long)
    return Term(missing.name, definition=typed)
