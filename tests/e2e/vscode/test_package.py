"""What is packed, without an editor: its size, what is loaded at the start, and what it could reach."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

if not sys.platform.startswith("linux"):
    pytest.skip("code-server and Debian's Chromium are for Linux", allow_module_level=True)
pytest.importorskip(
    "playwright", reason="the other tests of the extension need it; without it nothing is packed"
)

#: The largest that is loaded before the editor goes on, in bytes; the client library has 437,000.
LARGEST_START = 80_000

#: The namespace of the part of a package that the galleries read.
VSIX = "{http://schemas.microsoft.com/developer/vsx-schema/2011}"

#: Modules of Node that reach a network. `net` is not among them: the client library has it for servers that
#: listen on a port, which are not used.
NETWORK = {"http", "https", "http2", "dns", "dgram", "tls", "undici", "inspector"}

ACTIVATE = Path(__file__).with_name("activate.js")


@pytest.fixture(scope="module")
def unpacked(vsix: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with ZipFile(vsix) as archive:
        archive.extractall(folder)
    return folder / "extension"


def test_it_is_small(vsix: Path) -> None:
    assert vsix.stat().st_size < 6_000_000


def test_activation_loads_one_small_file(unpacked: Path) -> None:
    main = unpacked / json.loads((unpacked / "package.json").read_text())["main"]
    assert main.stat().st_size < LARGEST_START
    run = subprocess.run(["node", str(ACTIVATE), str(main)], stdout=subprocess.PIPE, check=True)
    loaded = json.loads(run.stdout)
    assert str(main) in loaded
    assert [name for name in loaded if not name.startswith("node:")] == [str(main)]


def test_nothing_is_activated_in_every_window(unpacked: Path) -> None:
    events = json.loads((unpacked / "package.json").read_text())["activationEvents"]
    assert "onLanguage:markdown" in events
    assert not {"*", "onStartupFinished"} & set(events)


def test_the_client_can_reach_no_network(unpacked: Path) -> None:
    scripts = {script.name: script.read_text() for script in (unpacked / "dist").glob("*.js")}
    needed = set()
    for text in scripts.values():
        needed |= set(re.findall(r"""\brequire\(["'](?:node:)?(\w+)""", text))
    assert "child_process" in needed
    assert not needed & NETWORK
    direct = re.compile(r"\b(?:fetch|WebSocket|XMLHttpRequest|EventSource|sendBeacon)\(")
    assert [name for name, text in scripts.items() if direct.search(text)] == []


def test_a_gallery_finds_what_it_asks_for(unpacked: Path) -> None:
    manifest = json.loads((unpacked / "package.json").read_text())
    required = {"name", "displayName", "description", "version", "publisher", "license", "icon", "engines"}
    assert required | {"categories", "keywords", "pricing", "extensionKind", "capabilities"} <= set(manifest)
    # Width and height stand in the first chunk of a PNG.
    width, height = struct.unpack(">II", (unpacked / manifest["icon"]).read_bytes()[16:24])
    assert width == height >= 128
    described_in = (unpacked.parent / "extension.vsixmanifest").read_text()
    described = ET.fromstring(described_in)  # noqa: S314  because we wrote it
    assets = {asset.get("Type", ""): asset.get("Path", "") for asset in described.iter(f"{VSIX}Asset")}
    kinds = {kind.rpartition(".")[2] for kind in assets}
    assert {"Manifest", "Details", "Changelog", "License", "Default"} <= kinds
    assert [path for path in assets.values() if not (unpacked.parent / path).is_file()] == []
    flags = described.findtext(f"{VSIX}Metadata/{VSIX}GalleryFlags")
    assert flags == ("Public Preview" if manifest["preview"] else "Public")
    # The galleries refuse pictures that are drawn by the page, and have no folder for relative ones.
    for page in ("README.md", "CHANGELOG.md"):
        assert re.findall(r"\]\((?!https://|#)[^)]*\)", (unpacked / page).read_text()) == []
