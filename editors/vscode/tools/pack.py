"""Pack the extension: the built client, the server with what it needs, and the manifest, in one .vsix.

The optional argument is the file to write. In a Python environment with glossary-ls, its dependencies and
hatchling installed (`make vsix` makes one), it needs no network: it packs the installed versions. In any
other, it makes such an environment in `build/pack` first. Compiled modules are left out, so that one package
works on every system; the libraries do not require them. The dates in the package are SOURCE_DATE_EPOCH, so
that two packages of the same files are identical.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).resolve().parents[1]
REPOSITORY = HERE.parents[1]
ENVIRONMENT = REPOSITORY / "build" / "pack"
LIBRARIES = HERE / "bundled" / "libs"
#: Dependencies of commands for the terminal, which the server never loads.
UNUSED = {"rich", "shtab"}
SCHEMA = HERE / "schemas" / "glossary.schema.json"

#: The packed files besides the libraries; all must exist.
FILES = (
    "package.json",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "bundled/serve.py",
    "dist/extension.js",
    "dist/library.js",
    "dist/page.js",
)
FOLDERS = ("images", "media", "schemas", "walkthrough", "bundled/libs")

#: The maximum size of the package, in bytes.
LIMIT = 6_000_000

#: The date in the package where SOURCE_DATE_EPOCH is not set: 2020-02-02, as hatchling has it.
_DATE = 1_580_601_600

_COMPILED = (".so", ".pyd", ".dylib", ".dll", ".pyc", ".pyi")
#: Files of an installed library that say how and for which system it was installed.
_INSTALLATION = frozenset({"RECORD", "INSTALLER", "REQUESTED", "WHEEL", "direct_url.json"})
_TYPES = {
    ".json": "application/json",
    ".md": "text/markdown",
    ".js": "application/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".css": "text/css",
    ".vsixmanifest": "text/xml",
}


def main() -> None:
    """Fill the bundle and write the package."""
    if not is_equipped():
        sys.exit(run_in_environment(sys.argv))
    manifest = json.loads((HERE / "package.json").read_text("utf-8"))
    version = distribution("glossary-ls").version
    if manifest["version"] != version:
        sys.exit(f"package.json says version {manifest['version']}, the server is {version}")
    fill_libraries()
    take_pictures()
    SCHEMA.parent.mkdir(exist_ok=True)
    shutil.copyfile(REPOSITORY / "data" / "schema" / SCHEMA.name, SCHEMA)
    output = Path(sys.argv[1] if len(sys.argv) > 1 else HERE / f"glossary-ls-{version}.vsix")
    write_package(manifest, output)
    size = output.stat().st_size
    if size > LIMIT:
        sys.exit(f"{output} has {size} bytes, more than {LIMIT}")
    print(f"{output} ({size / 1e6:.2f} MB)")


def is_equipped() -> bool:
    """Return whether this Python has what is packed, and hatchling to build it."""
    try:
        for name in ("glossary-ls", "hatchling", "pygls"):
            distribution(name)
    except PackageNotFoundError:
        return False
    return True


def run_in_environment(command: list[str]) -> int:
    """Run a command in a virtual environment made for it, and return its exit code."""
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        print(f"Installing the server into {ENVIRONMENT} ...", flush=True)
        venv.create(ENVIRONMENT, with_pip=True)
    install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "hatchling", str(REPOSITORY))
    subprocess.run([str(python), *install], check=True)
    return subprocess.run([str(python), *command], check=False).returncode


def fill_libraries() -> None:
    """Put the server and its dependencies into `bundled/libs`, as pip would install them."""
    shutil.rmtree(LIBRARIES, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
        built = subprocess.run(build, cwd=REPOSITORY, check=False, capture_output=True, text=True)
        if built.returncode:
            sys.exit(built.stdout + built.stderr)
        (wheel,) = Path(folder).glob("*.whl")
        with ZipFile(wheel) as archive:
            archive.extractall(LIBRARIES)
    # The development installation may predate the last change of pyproject.toml.
    (server,) = (Distribution.at(path) for path in LIBRARIES.glob("glossary_ls-*.dist-info"))
    for name in sorted(needed(server.requires or ())):
        copy(distribution(name))


def take_pictures() -> None:
    """Copy the screenshots that the walkthrough shows, which were taken with an earlier package."""
    for name in ("hover", "quick-fix", "glossary"):
        picture = REPOSITORY / "docs" / "images" / f"vscode-{name}-dark.png"
        if picture.exists():
            shutil.copyfile(picture, HERE / "images" / f"{name}.png")


def needed(requirements: Iterable[str]) -> set[str]:
    """Return the names of the required distributions and of their dependencies."""
    found: set[str] = set()
    waiting = list(requirements)
    while waiting:
        requirement, _, marker = waiting.pop().partition(";")
        # Markers only select extras, and Python versions too old to run the server.
        if not marker.strip():
            name = re.split(r"[^\w.-]", requirement.strip(), maxsplit=1)[0]
            name = re.sub(r"[-_.]+", "-", name).lower()
            if name not in found | UNUSED:
                found.add(name)
                waiting += distribution(name).requires or ()
    return found


def copy(library: Distribution) -> None:
    """Copy the Python files, the data and the license of an installed library."""
    for file in library.files or ():
        is_wanted = not file.name.endswith(_COMPILED) and ".." not in file.parts
        if is_wanted and file.name not in _INSTALLATION:
            target = LIBRARIES / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(file.locate()), target)


def write_package(manifest: dict[str, object], output: Path) -> None:
    """Write a .vsix: a zip with the extension in a folder, and two small XML files."""
    files = [HERE / name for name in FILES]
    for folder in FOLDERS:
        files += sorted(path for path in (HERE / folder).rglob("*") if path.is_file() and _is_packed(path))
    kinds = {path.suffix for path in files} | {".vsixmanifest"}
    with ZipFile(output, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        _write(archive, "[Content_Types].xml", content_types(kinds).encode())
        _write(archive, "extension.vsixmanifest", vsix_manifest(manifest).encode())
        for path in files:
            name = path.relative_to(HERE).as_posix()
            # The file names that the marketplaces expect.
            _write(archive, f"extension/{'LICENSE.txt' if name == 'LICENSE' else name}", path.read_bytes())


def content_types(suffixes: set[str]) -> str:
    """Return the part that maps file extensions to content types."""
    rows = "".join(
        f'<Default Extension="{suffix}" ContentType="{_TYPES.get(suffix, "text/plain")}"/>'
        for suffix in sorted(suffixes | {".txt"})
        if suffix
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<?xml version="1.0" encoding="utf-8"?><Types xmlns="{namespace}">{rows}</Types>'


def vsix_manifest(manifest: dict[str, object]) -> str:
    """Return the manifest for the marketplaces."""

    def text(*keys: str) -> str:
        value: object = manifest
        for key in keys:
            value = value[key] if isinstance(value, dict) else ""
        return ",".join(map(str, value)) if isinstance(value, list) else str(value)

    identity = " ".join(
        f"{name}={quoteattr(value)}"
        for name, value in {
            "Language": "en-US",
            "Id": text("name"),
            "Version": text("version"),
            "Publisher": text("publisher"),
        }.items()
    )
    properties = {
        "Microsoft.VisualStudio.Code.Engine": text("engines", "vscode"),
        "Microsoft.VisualStudio.Code.ExtensionKind": text("extensionKind"),
        "Microsoft.VisualStudio.Code.ExecutesCode": "true",
        "Microsoft.VisualStudio.Services.Content.Pricing": text("pricing"),
        "Microsoft.VisualStudio.Services.EnableMarketplaceQnA": text("qna").lower(),
        "Microsoft.VisualStudio.Services.GitHubFlavoredMarkdown": "true",
        "Microsoft.VisualStudio.Services.Branding.Color": text("galleryBanner", "color"),
        "Microsoft.VisualStudio.Services.Branding.Theme": text("galleryBanner", "theme"),
    }
    rows = "".join(
        f"<Property Id={quoteattr(key)} Value={quoteattr(value)}/>" for key, value in properties.items()
    )
    assets = {
        "Microsoft.VisualStudio.Code.Manifest": "package.json",
        "Microsoft.VisualStudio.Services.Content.Details": "README.md",
        "Microsoft.VisualStudio.Services.Content.Changelog": "CHANGELOG.md",
        "Microsoft.VisualStudio.Services.Content.License": "LICENSE.txt",
        "Microsoft.VisualStudio.Services.Icons.Default": text("icon"),
    }
    parts = "".join(
        f'<Asset Type="{kind}" Path="extension/{path}" Addressable="true"/>' for kind, path in assets.items()
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">'
        f"<Metadata><Identity {identity}/><DisplayName>{escape(text('displayName'))}</DisplayName>"
        f'<Description xml:space="preserve">{escape(text("description"))}</Description>'
        f"<Tags>{escape(text('keywords'))}</Tags><Categories>{escape(text('categories'))}</Categories>"
        f"<GalleryFlags>{'Public Preview' if manifest.get('preview') else 'Public'}</GalleryFlags>"
        f"<License>extension/LICENSE.txt</License><Icon>extension/{text('icon')}</Icon>"
        f"<Properties>{rows}</Properties></Metadata>"
        '<Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>'
        f"<Dependencies/><Assets>{parts}</Assets></PackageManifest>"
    )


def _is_packed(path: Path) -> bool:
    return path.suffix not in _COMPILED and "__pycache__" not in path.parts


def _write(archive: ZipFile, name: str, data: bytes) -> None:
    entry = ZipInfo(name, time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", _DATE)))[:6])
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    archive.writestr(entry, data, ZIP_DEFLATED, compresslevel=9)


if __name__ == "__main__":
    main()
