"""The tutorial as data: the steps and files of docs/tutorial.md, and the time that they take.

The page is the only description of the steps. The tests follow it in the editors, and the pictures are drawn
on the same way.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
VSCODE, NEOVIM = "Visual Studio Code", "Neovim"

#: How many terms the glossary of the tutorial has.
TERMS = 10

#: Seconds for a key or a mouse button, for pointing, for moving the hand between the devices, and for mental
#: preparation: Card, Moran and Newell, 1980 (doi 10.1145/358886.358895), average non-secretary typist.
KEY, POINT, HOME, MENTAL = 0.28, 1.1, 0.4, 1.35

_ACTION = re.compile(
    r"(?P<double>[Dd]ouble-)?[Cc]lick \*\*(?P<click>[^*]+)\*\*(?: of `(?P<row>[^`]+)`)?"
    r"|[Tt]ype `(?P<text>[^`]+)`"
    r"|<kbd>(?P<key>[^<]+)</kbd>"
)
_STEP = re.compile(r"^\d+\. (.+?)(?=^\d+\. |\Z)", re.MULTILINE | re.DOTALL)
_PICTURE = re.compile(r"images/tutorial/([\w-]+?)(?:-dark|-light)?\.(?:png|svg)")
_CODE = re.compile(r"`([^`]+)`")
#: The characters that need no Shift.
_PLAIN = re.compile(r"[a-z0-9 .,/;'\[\]=-]")


@dataclass(frozen=True)
class Action:
    """What a person does: a click, a text that is typed, or a key combination such as `Ctrl+S`."""

    kind: Literal["click", "text", "key"]
    what: str
    #: The row of a view that a clicked button belongs to, or nothing.
    row: str = ""
    #: How often the mouse button is pressed.
    times: int = 1


@dataclass(frozen=True)
class Step:
    """One item of a numbered list."""

    actions: tuple[Action, ...]
    #: Texts that are on the screen afterwards.
    seen: tuple[str, ...]
    #: The name of the picture of that screen, without theme and suffix, or nothing.
    picture: str


@dataclass(frozen=True)
class Effort:
    """What a person has done after some actions. `seconds` does not include waiting for the computer."""

    keys: int
    clicks: int
    seconds: float


#: The repository is created by one block: copy it with the button of the page, paste it, run it.
PASTE = (Action("click", "Copy"), Action("key", "Ctrl+Shift+V"), Action("key", "Enter"))


class Hands(Protocol):
    """A person at an editor."""

    def do(self, action: Action) -> None:
        """Do something once the editor is ready for it."""

    def see(self, text: str) -> None:
        """Wait until a text is on the screen."""


def follow(steps: Iterable[Step], hands: Hands, draw: Callable[[str], None] = lambda _: None) -> None:
    """Do the steps, wait for what the page says is seen, and draw the pictures."""
    for step in steps:
        for action in step.actions:
            hands.do(action)
        for text in step.seen:
            hands.see(text)
        if step.picture:
            draw(step.picture)


def steps(editor: str) -> list[Step]:
    """Return all steps in an editor. The first one is typed in a terminal and opens the editor."""
    return [_step(item) for item in _STEP.findall(_section(f"In {editor}"))]


def create_repository(parent: Path) -> Path:
    """Run the commands of the page in a folder, and return the new repository."""
    script = _block("sh")
    subprocess.run(["sh", "-eu", "-c", script], cwd=parent, check=True)
    [created] = parent.iterdir()
    return created


def glossary() -> dict[str, str]:
    """Return the expansions of the resulting glossary by the names of the terms."""
    return expansions(_block("yaml"))


def expansions(text: str) -> dict[str, str]:
    """Return the expansions in a glossary file by the names of the terms."""
    return {entry["term"]: entry["expansion"] for entry in yaml.safe_load(text)["terms"]}


def stated(editor: str) -> str:
    """Return the row of the page about the effort in an editor."""
    [row] = [line for line in _section("How long it takes").splitlines() if line.startswith(f"| {editor} |")]
    return row


def row(editor: str) -> str:
    """Return the row of the page about the effort in an editor as it should be."""
    done = effort(action for step in steps(editor) for action in step.actions)
    return f"| {editor} | {done.keys} | {done.clicks} | {done.seconds:.0f} s |"


def effort(actions: Iterable[Action]) -> Effort:
    """Return the effort of creating the repository, of some actions, and of deciding about each term."""
    keys = clicks = 0
    seconds = TERMS * MENTAL
    hand = "click"
    for action in (*PASTE, *actions):
        if (action.kind == "click") != (hand == "click"):
            seconds += HOME
        hand = action.kind
        if action.kind == "click":
            clicks += action.times
            seconds += MENTAL + POINT + action.times * KEY
        else:
            pressed = _keys(action)
            keys += pressed
            seconds += MENTAL + pressed * KEY
    return Effort(keys, clicks, seconds)


def _keys(action: Action) -> int:
    if action.kind == "key":
        return len(action.what.split("+"))
    return sum(1 if _PLAIN.match(sign) else 2 for sign in action.what)


def _step(item: str) -> Step:
    actions: list[Action] = []
    end = 0
    for found in _ACTION.finditer(item):
        actions.append(_action(found))
        end = found.end()
    # What is seen is stated behind the last action, after its sentence.
    _, _, outcome = item[end:].partition(". ")
    picture = _PICTURE.search(item)
    return Step(tuple(actions), tuple(_CODE.findall(outcome)), picture[1] if picture else "")


def _action(found: re.Match[str]) -> Action:
    if found["click"]:
        return Action("click", found["click"], found["row"] or "", 2 if found["double"] else 1)
    if found["text"]:
        return Action("text", found["text"])
    return Action("key", found["key"])


def _section(title: str) -> str:
    _, heading, rest = PAGE.read_text("utf-8").partition(f"\n## {title}\n")
    assert heading, title
    return rest.partition("\n## ")[0]


def _block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found, language
    return found[1]
