"""Functions of many items on an existing Dask cluster, with results in the order of the items.

Few items are under way at a time, so that neither this process nor the scheduler holds all of them. What a
lost worker had is done again by others; an item that no worker survives is told from the rest. This module
must not know what the functions do.
"""

from __future__ import annotations

import logging
import warnings
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import distributed
from distributed.client import FutureCancelledError
from distributed.scheduler import KilledWorker

import glossary_ls
from glossary_ls.base.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

#: How long to wait for the scheduler, and for a first worker, in seconds.
_CONNECTING = 10
_PATIENCE = 60

#: How many items are under way for each thread of the workers.
_AHEAD = 4

#: How often an item is tried again if the function raises, such as for want of memory.
_RETRIES = 2

_PACKAGE = "glossary_ls"


class ClusterError(Exception):
    """The cluster cannot be used; the message names its address, the cause and the remedy."""


@dataclass(frozen=True, slots=True)
class Lost(Generic[_Item]):
    """An item that was being worked on whenever a worker was lost, and how many workers that were."""

    item: _Item
    workers: int


class _Sealed:
    """A function and its arguments. Dask would look for tasks in plain tuples."""

    def __init__(self, function: Callable[..., object], arguments: tuple[object, ...]) -> None:
        self.function = function
        self.arguments = arguments


def _call(sealed: _Sealed, *shared: object) -> object:
    return sealed.function(*sealed.arguments, *shared)


class Cluster:
    """A connection to the scheduler of a cluster."""

    def __init__(self, address: str) -> None:
        """Connect. Raises ClusterError if nobody answers, or without workers that have this version."""
        self.address = address
        # What goes wrong is reported as results, or as a ClusterError.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        with self._errors(f"no Dask scheduler answers within {_CONNECTING} seconds"):
            connect: Any = distributed.Client
            self._client = connect(address, timeout=_CONNECTING, set_as_default=False)
        try:
            with self._errors(f"the scheduler has no worker within {_PATIENCE} seconds"):
                self._client.wait_for_workers(1, timeout=_PATIENCE)
            with self._errors():
                versions = self._client.get_versions(packages=[_PACKAGE])
            self._check(versions)
        except ClusterError:
            self.close()
            raise

    def close(self) -> None:
        """Disconnect; what is under way is canceled."""
        self._client.close(timeout=_PATIENCE)

    def share(self, function: Callable[..., object], *arguments: object) -> Any:  # noqa: ANN401  because it is a Future
        """Return a reference to what workers will need, made by one of them, and again if it is lost."""
        with self._errors():
            return self._client.submit(_call, _Sealed(function, arguments), pure=False)

    def map(
        self,
        function: Callable[[_Item, Any], _Result],
        items: Iterable[_Item],
        shared: Any,  # noqa: ANN401  as above
    ) -> Iterator[_Result | Lost[_Item]]:
        """Yield the result of a function of each item and what is shared, in the order of the items.

        Items are made when their turn comes. Raises ClusterError if the function raises, or if the scheduler
        is lost.
        """
        left = iter(items)
        waiting: deque[tuple[_Item, Any]] = deque()
        with self._errors():
            most = _AHEAD * max(sum(self._client.nthreads().values()), 1)
        while True:
            with self._errors():
                while len(waiting) < most and (item := next(left, None)) is not None:
                    sealed = _Sealed(function, (item,))
                    future = self._client.submit(_call, sealed, shared, pure=False, retries=_RETRIES)
                    waiting.append((item, future))
            if not waiting:
                return
            item, future = waiting.popleft()
            with self._errors():
                try:
                    result: _Result | Lost[_Item] = future.result()
                except KilledWorker as error:
                    result = Lost(item, error.allowed_failures + 1)
            yield result

    def _check(self, versions: Any) -> None:  # noqa: ANN401  because distributed describes it loosely
        """Raise ClusterError if the scheduler or a worker lacks the package, or has another version."""
        found = {"the scheduler": versions["scheduler"], **versions["workers"]}
        for name, machine in found.items():
            # A worker that has just been lost says nothing.
            if not isinstance(machine, dict):
                continue
            version = machine["packages"].get(_PACKAGE)
            if version != glossary_ls.__version__:
                has = f"has glossary-ls {version}" if version else "lacks glossary-ls"
                who = name if name == "the scheduler" else f"the worker {name}"
                raise ClusterError(
                    f"{self.address}: {who} {has}; install glossary-ls {glossary_ls.__version__} there"
                )

    @contextmanager
    def _errors(self, silent: str = "the Dask cluster does not answer") -> Iterator[None]:
        """Raise ClusterError for what goes wrong with the cluster or on it; `silent` is said of no answer."""
        try:
            with warnings.catch_warnings():
                # It advises against large arguments, which are as large as the text.
                warnings.simplefilter("ignore")
                yield
        except (OSError, TimeoutError, ValueError) as error:
            raise ClusterError(f"{self.address}: {silent}: {_line(error)}") from None
        except FutureCancelledError:
            raise ClusterError(f"{self.address}: the connection to the scheduler was lost") from None
        except ClusterError:
            raise
        except Exception as error:
            raise ClusterError(
                f"{self.address}: a task failed: {type(error).__name__}: {_line(error)}"
            ) from error


def _line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
