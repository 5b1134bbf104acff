"""What the web pages that the program writes have in common: they hold everything, and fetch nothing."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256


def policy(script: str, style: str) -> str:
    """Return a content security policy that allows the script and the style of a page, and nothing else."""
    script_hash, style_hash = (b64encode(sha256(text.encode()).digest()).decode() for text in (script, style))
    return (
        f"default-src 'none'; script-src 'sha256-{script_hash}'; style-src 'sha256-{style_hash}'; "
        "base-uri 'none'; form-action 'none'"
    )
