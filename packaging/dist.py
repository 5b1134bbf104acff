"""Build what is published, into `dist/`, and check it: sdist, wheel, extension, files for package managers.

Beside them are a bill of materials and the hashes of all.

`make dist` runs this. Two builds of one commit by one Python are identical: every date in them is the date of
the commit, or SOURCE_DATE_EPOCH where that is set. `--no-check` only builds, into the folder that is given.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from fnmatch import fnmatchcase
from pathlib import Path
from zipfile import ZipFile

import pythons

ROOT = Path(__file__).resolve().parents[1]
EXTENSION = ROOT / "editors" / "vscode"

#: The files of the extension, as patterns; `make dist` fails where it has others, or lacks one.
CONTENTS = ROOT / "packaging" / "vsix-contents.txt"

#: The versions of the dependencies, with hashes.
LOCKED = ROOT / "packaging" / "requirements.txt"

#: Files for package managers, and what they have in the place of the hash of the sdist.
RECIPES = ("homebrew/glossary-ls.rb", "nix/package.nix", "mason/package.yaml")
NO_HEX = "0" * 64
NO_SRI = "sha256-" + base64.b64encode(bytes(32)).decode()

_DOCUMENT = "# Notes\n\nThe SLA of the XQZT team.\n"
_FINDING = "notes.md:3:16: information: 'XQZT' is not defined"
_LONGEST_S = 300


def main() -> None:
    """Build, check, and say in one line each what was done."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("output", nargs="?", default=str(ROOT / "dist"), help="the folder to write")
    parser.add_argument("--no-check", action="store_true", help="only build")
    options = parser.parse_args()
    output = Path(options.output).resolve()
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    sdist, wheel, vsix = build(output)
    if not options.no_check:
        check_metadata(sdist, wheel)
        check_contents(vsix)
        check_installation(wheel)


def build(output: Path) -> tuple[Path, Path, Path]:
    """Build everything into a folder, and return sdist, wheel and extension."""
    environ = {**os.environ, "SOURCE_DATE_EPOCH": date()}
    run(sys.executable, "-m", "hatchling", "build", "-d", str(output), cwd=ROOT, env=environ)
    (sdist,), (wheel,) = output.glob("*.tar.gz"), output.glob("*.whl")
    version = wheel.name.split("-")[1]
    vsix = output / f"glossary-ls-{version}.vsix"
    npm = shutil.which("npm") or sys.exit("npm is needed to build the extension")
    if not (EXTENSION / "node_modules").exists():
        run(npm, "ci", "--omit=dev", "--no-audit", "--no-fund", cwd=EXTENSION)
    run(npm, "run", "--silent", "build", cwd=EXTENSION)
    run(sys.executable, str(EXTENSION / "tools" / "pack.py"), str(vsix), cwd=ROOT, env=environ)
    files = [sdist, wheel, vsix, write_bill(output, version), *write_recipes(output, sdist)]
    sums = {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }
    lines = (f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    (output / "SHA256SUMS").write_text("".join(lines), "utf-8", newline="\n")
    for path in files:
        print(f"Built {path.relative_to(output.parent)} ({path.stat().st_size:,} bytes)")
    return sdist, wheel, vsix


def date() -> str:
    """Return the time of the build, in seconds since 1970: that of the commit, else a fixed one."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return given
    commit = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(commit, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "1580601600"


def write_bill(output: Path, version: str) -> Path:
    """Write the bill of materials of the program, in the format of CycloneDX."""
    target = output / f"glossary-ls-{version}.cdx.json"
    command = (sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", str(LOCKED))
    options = ("--pyproject", "pyproject.toml", "--mc-type", "application", "--output-reproducible")
    run(*command, *options, "-o", str(target), cwd=ROOT)
    bill = json.loads(target.read_text("utf-8"))
    described = bill["metadata"]["component"]
    described |= {"version": version, "purl": f"pkg:pypi/{described['name']}@{version}"}
    rows = [{"ref": described["bom-ref"], "dependsOn": [each["bom-ref"] for each in bill["components"]]}]
    bill["dependencies"] = rows + [each for each in bill["dependencies"] if each["ref"] != rows[0]["ref"]]
    target.write_text(json.dumps(bill, indent=2) + "\n", "utf-8", newline="\n")
    return target


def write_recipes(output: Path, sdist: Path) -> list[Path]:
    """Write the files for package managers with the hash of the sdist."""
    digest = hashlib.sha256(sdist.read_bytes())
    written = []
    for name in RECIPES:
        text = (ROOT / "packaging" / name).read_text("utf-8")
        text = text.replace(NO_HEX, digest.hexdigest())
        target = output / "packaging" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        sri = f"sha256-{base64.b64encode(digest.digest()).decode()}"
        target.write_text(text.replace(NO_SRI, sri), "utf-8", newline="\n")
        written.append(target)
    return written


def check_metadata(*packages: Path) -> None:
    """Check that the package index accepts the packages and shows the README."""
    run(sys.executable, "-m", "twine", "--no-color", "check", "--strict", *map(str, packages), cwd=ROOT)
    print("Checked the metadata (twine check --strict)")


def check_contents(vsix: Path) -> None:
    """Check that the extension has the expected files and no others."""
    patterns = CONTENTS.read_text("utf-8").split()
    with ZipFile(vsix) as archive:
        names = archive.namelist()
    unknown = [name for name in names if not any(fnmatchcase(name, pattern) for pattern in patterns)]
    missing = [pattern for pattern in patterns if not any(fnmatchcase(name, pattern) for name in names)]
    if unknown or missing:
        sys.exit(f"{vsix.name}: not in {CONTENTS.name}: {unknown}; in {CONTENTS.name} only: {missing}")
    print(f"Checked the {len(names)} files of the extension")


def check_installation(wheel: Path) -> None:
    """Install the wheel for each supported Python of this machine into an empty environment, and use it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    versions = [line.rpartition(" ")[2] for line in project["classifiers"] if " :: 3." in line]
    checked, missing = [], []
    for version in versions:
        if python := pythons.find(version):
            with tempfile.TemporaryDirectory() as folder:
                use(python, wheel, Path(folder))
            checked.append(version)
        else:
            missing.append(version)
    print(f"Checked the wheel in an empty environment of Python {', '.join(checked)}")
    if missing:
        print(f"Not checked, because there is no Python {', '.join(missing)} here")


def use(python: str, wheel: Path, folder: Path) -> None:
    """Install a wheel into an environment in a folder, and run its command there on a document."""
    run(python, "-m", "venv", "--without-pip", str(folder / "venv"), cwd=folder)
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip = ("-m", "pip", "--python", str(programs / "python"), "--disable-pip-version-check")
    run(installer(), *pip, "install", "--quiet", "--no-compile", str(wheel), cwd=folder)
    (folder / "notes.md").write_text(_DOCUMENT, "utf-8")
    command = str(programs / "glossary-ls")
    found = run(command, "check", "notes.md", cwd=folder, code=1)
    if not found.startswith(_FINDING):
        sys.exit(f"{python}: glossary-ls check printed: {found}")
    run(str(programs / "python"), "-c", "import glossary_ls.lsp.server", cwd=folder)


def installer() -> str:
    """Return a Python that has pip."""
    done = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False)
    if not done.returncode:
        return sys.executable
    folder = ROOT / "build" / "pip"
    if not folder.exists():
        venv.create(folder, with_pip=True)
    return str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def run(*command: str, cwd: Path, code: int = 0, env: dict[str, str] | None = None) -> str:
    """Run a command quietly and return its output; exit with the output when it fails."""
    environ = {**(env or os.environ), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        timeout=_LONGEST_S,
        check=False,
    )
    if done.returncode != code:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
