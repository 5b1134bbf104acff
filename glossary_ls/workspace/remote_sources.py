"""Glossaries at URLs: which may be read, which are to be fetched, and where their copies are.

A URL is requested only if the user's own glossary names it, or the user accepted it for the workspace folder.
What may be requested is fetched when there is no copy, and then once per hour. This module must not use the
network or threads, nor ask the user: it says what to ask and to fetch, and is told the outcome.

The settings of a client are not the user's own: editors mix in those of a repository, such as the file
`.vscode/settings.json`.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.model import Problem, Severity
from glossary_ls.vfs import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glossary_ls.vfs.url_cache import Copy, Fetched
    from glossary_ls.workspace.accepted_urls import AcceptedUrls

#: The code of the problems of URLs that settings name.
CODE = "missing-glossary"

#: How long a copy is used before the server is asked again, and after which time a failed fetch is repeated,
#: in seconds.
FRESH = 3600.0
RETRY = 600.0


class Question(NamedTuple):
    """A URL about which to ask the user, and the workspace folder whose settings name it."""

    root: str
    url: str


class Access(Enum):
    """What may be done with a URL: read it, not before the user is asked, not any more, or never."""

    READ = auto()
    ASK = auto()
    REFUSED = auto()
    INVALID = auto()


@dataclass(slots=True)
class _Name:
    """A URL as a workspace folder names it: whether the user does, the access, and the last round of both."""

    by_user: bool
    access: Access
    round: int


@dataclass(slots=True)
class _State:
    """What is known about a URL: its copy, and when to ask the server again, in seconds since the epoch."""

    path: str = ""
    checksum: str = ""
    due: float = 0.0
    problem: str = ""
    is_pending: bool = False


@dataclass(eq=False)
class RemoteSources:
    """The URLs that the settings and glossaries of all workspace folders name.

    `_copy_of` returns the copy of a URL, and `_now` the seconds since the epoch. `on_named` is called when a
    URL is named that was not before.
    """

    _copy_of: Callable[[str], Copy | None]
    _accepted: AcceptedUrls
    _now: Callable[[], float]
    on_named: Callable[[], None] = lambda: None
    _names: dict[Question, _Name] = field(default_factory=dict)
    _states: dict[str, _State] = field(default_factory=dict)
    #: The workspace folders with a question that the user did not answer in this session.
    _silent: set[str] = field(default_factory=set)
    _round: int = 0
    _has_news: bool = False

    # --- what is named ------------------------------------------------------------------------------------

    def path(self, root: str, url: str, *, by_user: bool = False) -> str:
        """Return the path of the copy of a URL that a workspace folder names, or that the user names for it.

        It is empty if there is no copy or it may not be read.
        """
        question = Question(root, url)
        name = self._names.get(question)
        is_new = name is None or (by_user and not name.by_user)
        if name is None or is_new:
            name = _Name(by_user, self._access_to(question, by_user=by_user), self._round)
            self._names[question] = name
            self._load(url, name.access)
            self.on_named()
        name.round = self._round
        return self._states[url].path if name.access is Access.READ else ""

    def start_round(self) -> None:
        """Wait until each URL is named again, because what names them may have changed."""
        self._names = {key: name for key, name in self._names.items() if name.round == self._round}
        self._round += 1

    def update(self) -> None:
        """Read the user's decisions again."""
        for question, name in self._names.items():
            access = self._access_to(question, by_user=name.by_user)
            self._has_news = self._has_news or access is not name.access
            name.access = access
            self._load(question.url, access)

    def take_news(self) -> bool:
        """Return whether other copies may be read, or other problems are known, than at the last call."""
        has_news, self._has_news = self._has_news, False
        return has_news

    @property
    def is_used(self) -> bool:
        """Whether any URL is named."""
        return bool(self._names)

    def problem(self, root: str, url: str) -> Problem | None:
        """Return why a URL that a workspace folder names is not read or not up to date, and the remedy.

        The problem has no place: the caller knows where the URL is named.
        """
        self.path(root, url)
        name = f"'{urls.shown(url)}' is not read"
        # Not with the URL itself, in which a repository could hide what a shell would run.
        remedy = "to read it, run `glossary-ls fetch URL` in the workspace folder"
        match self._names[Question(root, url)].access:
            case Access.INVALID:
                return Problem(CODE, f"{name}: {urls.refusal(url)}")
            case Access.ASK:
                return Problem(CODE, f"{name} until you accept it for this workspace folder; {remedy}")
            case Access.REFUSED:
                return Problem(CODE, f"{name}, as you decided; {remedy}", severity=Severity.HINT)
            case Access.READ if (state := self._states[url]).problem:
                severity = Severity.INFORMATION if state.path else Severity.WARNING
                return Problem(CODE, state.problem, severity=severity)
        return None

    # --- the user -----------------------------------------------------------------------------------------

    def next_question(self) -> Question | None:
        """Return what to ask the user next, if anything.

        After an unanswered question, there is no other one about the same workspace folder in this session.
        """
        return next((each for each in self.unanswered() if each.root not in self._silent), None)

    def unanswered(self) -> Iterator[Question]:
        """Yield the URLs that are not read before the user accepts them."""
        for question, name in self._names.items():
            if name.access is Access.ASK and name.round == self._round:
                yield question

    def answer(self, question: Question, *, is_accepted: bool | None) -> str:
        """Record the user's answer, or None if there was none; return why it could not be kept, if so."""
        if is_accepted is None:
            self._silent.add(question.root)
            return ""
        decide = self._accepted.accept if is_accepted else self._accepted.refuse
        problem = decide(*question)
        self.update()
        return problem

    # --- fetching -----------------------------------------------------------------------------------------

    def next_fetch(self) -> str | None:
        """Return a URL that is to be fetched now, and take it for being fetched until `fetched` is called."""
        for url in self._readable():
            state = self._states[url]
            if not state.is_pending and state.due <= self._now():
                state.is_pending = True
                return url
        return None

    def fetched(self, url: str, outcome: Fetched) -> None:
        """Record the outcome of a fetch."""
        state = self._states.setdefault(url, _State())
        before = state.path, state.checksum, state.problem
        if outcome.path:
            state.path, state.checksum = outcome.path, outcome.checksum
        state.problem = outcome.problem
        self._has_news = self._has_news or before != (state.path, state.checksum, state.problem)
        state.is_pending = False
        state.due = self._now() + (RETRY if outcome.problem else FRESH)

    def refresh(self) -> None:
        """Have everything fetched again now."""
        for state in self._states.values():
            state.due = 0.0

    def _readable(self) -> Iterator[str]:
        """Yield each URL that may be requested for some workspace folder."""
        found = (
            question.url
            for question, name in self._names.items()
            if name.access is Access.READ and name.round == self._round
        )
        yield from dict.fromkeys(found)

    def _access_to(self, question: Question, *, by_user: bool) -> Access:
        if urls.refusal(question.url):
            return Access.INVALID
        if by_user or self._accepted.is_accepted(*question):
            return Access.READ
        return Access.REFUSED if self._accepted.is_refused(*question) else Access.ASK

    def _load(self, url: str, access: Access) -> None:
        """Look up the copy of a URL that may be read."""
        if access is Access.READ and url not in self._states:
            copy = self._copy_of(url)
            due = min(copy.when, self._now()) + FRESH if copy else 0.0
            self._states[url] = _State(copy.path, copy.checksum, due) if copy else _State()
