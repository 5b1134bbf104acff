"""What `make demo` prints is what the server, a process of its own, says about the runbook."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "docs" / "demo" / "demo.py"


def run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(DEMO)],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    done = run(tmp_path_factory.mktemp("elsewhere"))
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def block(output: str, title: str) -> str:
    """Return the part of the output below a title."""
    before, found, rest = output.partition(f"\n{title}")
    assert found, before
    return rest.partition("\n\n\n")[0]


def test_it_explains_terms(output: str) -> None:
    hovers = block(output, "Hover")
    assert "blue-green deployment: " in hovers
    assert "Not to be confused with throughput" in hovers
    assert "vLLM: " in hovers
    assert "cold start: " in hovers


def test_it_explains_a_phrase_over_a_line_break(output: str) -> None:
    lines = block(output, "Hover").splitlines()
    first = next(row for row, line in enumerate(lines) if line.endswith("replica limit; load"))
    assert lines[first + 1] == "^^^^".rjust(len(lines[first]))
    assert lines[first + 2].startswith("  46    balancing spreads")
    assert lines[first + 3].strip() == "^" * len("balancing")
    assert lines[first + 4].strip().startswith("load balancing: spreading requests")


def test_it_writes_the_long_form_behind_an_acronym(output: str) -> None:
    notes = block(output, "Inlay hints")
    assert "The SLA (Service Level Agreement) with our customers" in notes
    assert "the SLO (Service Level Objective)" in notes


def test_it_reports_what_nobody_explains(output: str) -> None:
    findings = block(output, "Diagnostics")
    reported = [line.split(":")[1:3] for line in findings.splitlines() if "[unknown-acronym]" in line]
    assert reported == [["30", "13"], ["58", "73"]]
    assert "'MRP'" in findings
    assert "'QZR'" in findings


def test_it_completes_what_is_typed(output: str) -> None:
    assert "Our load balancing " in block(output, "Completion")


def test_it_leaves_nothing_behind(tmp_path: Path) -> None:
    run(tmp_path, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert list(tmp_path.rglob("*")) == []


def test_it_uses_no_colors_in_a_pipe(output: str) -> None:
    assert "\033" not in output


def test_it_fails_when_an_answer_is_missing(tmp_path: Path) -> None:
    # Python imports this module at its start, so the server that the demo starts knows no term.
    broken = "import glossary_ls.features.hover as feature\nfeature.hover = lambda document, offset: None\n"
    (tmp_path / "sitecustomize.py").write_text(broken)
    done = run(tmp_path, PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert "no answer: hover on 'Blue-green deployments'" in done.stderr


def test_it_fails_when_the_server_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nif '-m' in sys.orig_argv: sys.exit(3)\n")
    assert run(tmp_path, PYTHONPATH=str(tmp_path)).returncode == 1
