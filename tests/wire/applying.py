"""A client's half of a `WorkspaceEdit`: creating files and editing texts, with code of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

WIDTHS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


def apply(texts: MutableMapping[str, str], edit: Mapping[str, Any], encoding: str = "utf-16") -> list[str]:
    """Carry out an edit on `texts`, which are by URI; return the URIs of what was created or changed."""
    touched: list[str] = []
    changes = edit.get("documentChanges")
    if changes is None:
        changes = [{"textDocument": {"uri": uri}, "edits": edits} for uri, edits in edit["changes"].items()]
    for change in changes:
        if change.get("kind") == "create":
            assert change["uri"] not in texts or change["options"]["ignoreIfExists"]
            texts.setdefault(change["uri"], "")
            touched.append(change["uri"])
            continue
        uri = change["textDocument"]["uri"]
        texts[uri] = edited(texts.get(uri, ""), change["edits"], encoding)
        touched.append(uri)
    return list(dict.fromkeys(touched))


def edited(text: str, edits: list[dict[str, Any]], encoding: str) -> str:
    """Return a text with the edits of one document; all of them count in the text as it was."""
    places = [
        (*(offset(text, edit["range"][end], encoding) for end in ("start", "end")), edit["newText"])
        for edit in edits
    ]
    # From the last to the first, and at one place from the last in the list to the first.
    order = sorted(range(len(places)), key=lambda index: (places[index][0], places[index][1], index))
    for index in reversed(order):
        start, end, new = places[index]
        text = text[:start] + new + text[end:]
    return text


def offset(text: str, position: Mapping[str, int], encoding: str) -> int:
    """Return the place of a position in a text whose lines end with LF or CRLF."""
    lines = text.split("\n")
    before = sum(len(line) + 1 for line in lines[: position["line"]])
    line = lines[position["line"]] if position["line"] < len(lines) else ""
    codec = encoding if encoding == "utf-8" else f"{encoding}-le"
    encoded = line.encode(codec)[: position["character"] * WIDTHS[encoding]]
    return before + len(encoded.decode(codec))
