"""Replacing files of the user: only what is as it was, in its encoding, and never half."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from glossary_ls.vfs import replacing
from glossary_ls.vfs.files import DiskFiles
from tests.torture.writing import added_by_servers, added_together, damaged_by_kills

if TYPE_CHECKING:
    from pathlib import Path


def test_only_the_expected_text_is_replaced(tmp_path: Path) -> None:
    path, files = tmp_path / "new" / "glossary.yaml", DiskFiles()
    assert not files.exchange(str(path), "", "a: b\n")
    assert files.exchange(str(path), None, "a: b\n")
    assert not files.exchange(str(path), None, "other\n")
    assert not files.exchange(str(path), "a: b", "other\n")
    assert path.read_text() == "a: b\n"
    assert files.exchange(str(path), "a: b\n", "a: c\n")
    assert path.read_text() == "a: c\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encoding_and_line_ends_are_kept(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_bytes("é: 1\r\n".encode(encoding))
    assert DiskFiles().exchange(str(path), "é: 1\r\n", "é: 1\r\nü: 2\r\n")
    assert path.read_bytes() == "é: 1\r\nü: 2\r\n".encode(encoding)


def test_a_file_that_is_not_text_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_bytes(b"\xff\xfa")
    with pytest.raises(OSError, match="not valid"):
        DiskFiles().exchange(str(path), "\ufffd\ufffd", "a: b\n")
    assert path.read_bytes() == b"\xff\xfa"
    path.unlink()
    path.mkdir()
    with pytest.raises(OSError, match="directory"):
        DiskFiles().exchange(str(path), None, "a: b\n")


@pytest.mark.skipif(sys.platform == "win32", reason="modes are others there")
def test_a_read_only_file_is_not_replaced_and_a_mode_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text("a: b\n")
    path.chmod(0o444)
    with pytest.raises(OSError, match="read-only"):
        DiskFiles().write(str(path), "other")
    with pytest.raises(OSError, match="read-only"):
        DiskFiles().exchange(str(path), "a: b\n", "other")
    assert path.read_text() == "a: b\n"
    path.chmod(0o2640)
    assert DiskFiles().exchange(str(path), "a: b\n", "other")
    assert path.stat().st_mode & 0o7777 == 0o2640
    assert [each.name for each in tmp_path.iterdir()] == ["glossary.yaml"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text("a: b\n")
    os.chown(path, 12345, 23456)
    assert DiskFiles().exchange(str(path), "a: b\n", "other")
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 23456)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes in folders there")
def test_a_pipe_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    for path in (pipe, link):
        DiskFiles().write(str(path), "text")
        assert os.read(reader, 10) == b"text"
        assert path.is_fifo()
    with pytest.raises(OSError, match="not a regular file"):
        replacing.replace_user_file(pipe, b"text")
    os.close(reader)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no locks of folders there")
def test_a_program_that_never_stops_writing_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacing, "_PATIENCE", 0.0)
    path = tmp_path / "glossary.yaml"
    with (
        replacing.locked(tmp_path),
        pytest.raises(OSError, match="another program is writing"),
    ):
        DiskFiles().exchange(str(path), None, "a: b\n")
    assert DiskFiles().exchange(str(path), None, "a: b\n")


def test_processes_that_add_to_one_file_lose_nothing(tmp_path: Path) -> None:
    acknowledged, found = added_together(tmp_path / "glossary.yaml", writers=2, each=30)
    assert len(found) == 60
    assert acknowledged == set(found)


def test_a_process_that_is_killed_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    assert damaged_by_kills(tmp_path, kills=5, size=300_000, seed=1) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no locks of folders there")
def test_two_servers_and_another_program_that_add_to_one_file_lose_nothing(tmp_path: Path) -> None:
    acknowledged, found = added_by_servers(tmp_path, each=8)
    # A server may refuse to add to a file that has just changed.
    assert len(acknowledged) > 12
    assert sorted(found) == sorted(acknowledged)
