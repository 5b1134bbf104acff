"""Options and settings of the whole test suite."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import LoadFileScheduling

settings.register_profile(
    "project",
    # Timed assertions would fail on a busy machine; how fast things are is a question for tests/bench.
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=60,
    # The same examples in every run, so that a change is answered for by itself; "thorough" draws new ones.
    derandomize=True,
)
#: For `--hypothesis-profile thorough`, after changes to what property tests check.
settings.register_profile("thorough", settings.get_profile("project"), max_examples=1000, derandomize=False)
settings.load_profile("project")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write golden answers into the marker cases")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """Give each file to one process, and all files of Visual Studio Code to one: they share its windows."""
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415  because it is there only if tests run in parallel

    class Scheduling(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
        def _split_scope(self, nodeid: str) -> str:
            folder = "tests/e2e/vscode/"
            return folder if nodeid.startswith(folder) else super()._split_scope(nodeid)

    return Scheduling(config, log)


@pytest.fixture(autouse=True, scope="session")
def _no_user_glossary(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the glossary and the caches of whoever runs the tests out of them."""
    os.environ["XDG_CONFIG_HOME"] = str(tmp_path_factory.mktemp("config"))
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
