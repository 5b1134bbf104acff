"""`glossary-ls schema`: print a JSON Schema, for editors and CI. It must not import the core."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.vfs.files import data_text

if TYPE_CHECKING:
    import argparse

SUMMARY = "print the JSON Schema of glossaries in YAML, or of the settings"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "name", choices=("glossary", "settings"), help="of what: a glossary in YAML, or glossary-ls.toml"
    )


def run(options: argparse.Namespace) -> int:
    """Print the schema."""
    print(data_text(f"schema/{options.name}.schema.json"), end="")
    return 0
