"""Show the responses of the language server for a sample runbook. `make demo` runs it.

It starts the server as an editor does, as a process that communicates with JSON-RPC over standard input and
output, and prints only what the server returns. The class `Server` is an example of a minimal client.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import Any, Self
from unicodedata import east_asian_width

RUNBOOK = Path(__file__).resolve().with_name("runbook.md")

#: The texts to hover over, at their start.
HOVERS = ("Blue-green deployments", "Latency vs throughput", "vLLM's", "load\n  balancing", "cold_start_ms")
#: The text typed on a new line at the end.
TYPED = "Our load b"

BOLD, DIM, YELLOW, CYAN = "1", "2", "33", "36;1"
COLORED = sys.stdout.isatty() and "NO_COLOR" not in os.environ
WIDTH = 92

Json = dict[str, Any]

#: There are no other documents; without a search for them, nothing is written to the user's cache folder.
SETTINGS = {"neighbours": {"enabled": False}}

#: The capabilities of this client. With UTF-32, positions count characters as Python does.
CAPABILITIES = {
    "general": {"positionEncodings": ["utf-32"]},
    "textDocument": {"hover": {"contentFormat": ["plaintext"]}},
}


class Server:
    """A server process; a context manager that shuts it down."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        # A server that never responds must not block the terminal forever.
        self.patience = threading.Timer(30, self.process.kill)
        self.patience.start()
        self.requests = 0
        self.published: list[dict[str, Any]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, problem: type[BaseException] | None, *_: object) -> None:
        if problem is None:
            self.ask("shutdown", None)
            self.tell("exit", None)
        else:
            self.process.kill()
        self.process.wait()
        self.patience.cancel()

    def tell(self, method: str, params: object) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: object) -> Any:  # noqa: ANN401  because any JSON may come back
        """Send a request and return its result."""
        self.requests += 1
        self._send({"id": self.requests, "method": method, "params": params})
        while (message := self._receive()).get("id") != self.requests or "method" in message:
            self._handle(message)
        if "error" in message:
            sys.exit(f"{method}: {message['error']['message']}")
        return message.get("result")

    def diagnostics(self) -> list[dict[str, Any]]:
        """Wait for the diagnostics, which the server publishes after it has checked the document."""
        while self.published is None:
            self._handle(self._receive())
        return self.published

    def _handle(self, message: dict[str, Any]) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self.published = message["params"]["diagnostics"]
        elif "id" in message:
            # A request from the server; a real client would handle it.
            self._send({"id": message["id"], "result": None})

    def _send(self, message: dict[str, object]) -> None:
        assert self.process.stdin  # noqa: S101  because it is a pipe, which the type does not tell
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self.process.stdout  # noqa: S101  as above
        length = 0
        while header := self.process.stdout.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not length:
            sys.exit("The server has exited; see its output above.")
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return message


def main() -> int:
    """Query the server and print its responses; return 1 if a response is missing."""
    source = RUNBOOK.read_text(encoding="utf-8")
    lines = source.split("\n")
    document = {"uri": RUNBOOK.as_uri()}
    with Server([sys.executable, "-m", "glossary_ls", "--stdio"]) as server:
        folder = {"uri": RUNBOOK.parent.as_uri(), "name": "demo"}
        hello = {"processId": os.getpid(), "capabilities": CAPABILITIES, "workspaceFolders": [folder]}
        hello["initializationOptions"] = {"glossary_ls": SETTINGS}
        info = server.ask("initialize", hello)["serverInfo"]
        server.tell("initialized", {})
        opened = document | {"languageId": "markdown", "version": 1, "text": source}
        server.tell("textDocument/didOpen", {"textDocument": opened})
        print(f"{info['name']} {info['version']}: {RUNBOOK.name}, {len(lines)} lines")
        missing = [
            *show_hovers(server, document, source),
            *show_hints(server, document, source),
            *show_diagnostics(server, lines),
            *show_completions(server, document, source),
        ]
    print(f"\n{paint('Next', BOLD)}   make nvim                          try it in Neovim: K explains a term")
    print("       .venv/bin/glossary-ls check docs   print the same diagnostics, in a terminal or in CI")
    for answer in missing:
        print(f"demo: the server gave no answer: {answer}", file=sys.stderr)
    return 1 if missing else 0


# --- requests; each function returns the responses that are missing ---------------------------------------


def show_hovers(server: Server, document: Json, source: str) -> list[str]:
    """Request hovers."""
    title("Hover: explanations of terms")
    missing = []
    for name in HOVERS:
        position = place(source, source.index(name))
        answer = server.ask("textDocument/hover", {"textDocument": document, "position": position})
        if answer:
            quote(source.split("\n"), answer["range"])
            explain(answer["contents"]["value"])
        else:
            missing.append(f"hover on {name!r}")
    return missing


def show_hints(server: Server, document: Json, source: str) -> list[str]:
    """Request inlay hints."""
    title("Inlay hints: expansions at the first use of an acronym")
    everything = {"start": place(source, 0), "end": place(source, len(source))}
    hints = server.ask("textDocument/inlayHint", {"textDocument": document, "range": everything})
    for row in sorted({hint["position"]["line"] for hint in hints}):
        line = source.split("\n")[row]
        shown = [hint for hint in hints if hint["position"]["line"] == row]
        print(f"{paint(f'{row + 1:4}', DIM)}  {annotated(line, shown)}")
    return [] if hints else ["inlay hints"]


def show_diagnostics(server: Server, lines: list[str]) -> list[str]:
    """Show the published diagnostics."""
    title("Diagnostics: undefined acronyms")
    for found in server.diagnostics():
        quote(lines, found["range"])
        at = found["range"]["start"]
        where = f"{RUNBOOK.name}:{at['line'] + 1}:{at['character'] + 1}"
        print(f"      {where}: {found['message']} [{found['code']}]\n")
    return [] if server.published else ["diagnostics"]


def show_completions(server: Server, document: Json, source: str) -> list[str]:
    """Type on a new line, and request completions."""
    title(f"Completion: after typing {TYPED!r}")
    end = place(source, len(source))
    edit = {"range": {"start": end, "end": end}, "text": f"\n{TYPED}"}
    changed = {"textDocument": document | {"version": 2}, "contentChanges": [edit]}
    server.tell("textDocument/didChange", changed)
    cursor = {"line": end["line"] + 1, "character": len(TYPED)}
    answer = server.ask("textDocument/completion", {"textDocument": document, "position": cursor})
    offers = sorted(answer["items"], key=lambda item: str(item["sortText"]))
    for offer in offers[:4]:
        typed = TYPED[: offer["textEdit"]["range"]["start"]["character"]]
        new = offer["textEdit"]["newText"]
        gap = " " * (24 - width(typed + new))
        print(f"      {typed}{paint(new, BOLD)}{gap} {paint(textwrap.shorten(offer['detail'], 66), DIM)}")
    return [] if offers else ["completion"]


def place(source: str, offset: int) -> dict[str, int]:
    """Return the LSP position of an offset."""
    before = source[:offset]
    return {"line": before.count("\n"), "character": offset - (before.rfind("\n") + 1)}


# --- output -----------------------------------------------------------------------------------------------


def title(text: str) -> None:
    """Print the heading of a section."""
    print(f"\n{paint(text, CYAN)}\n")


def quote(lines: list[str], found: Json) -> None:
    """Print the lines of a range, underlined with carets."""
    start, end = found["start"], found["end"]
    for row in range(start["line"], end["line"] + 1):
        line = lines[row]
        first = start["character"] if row == start["line"] else len(line) - len(line.lstrip())
        last = end["character"] if row == end["line"] else len(line)
        carets = " " * width(line[:first]) + paint("^" * width(line[first:last]), YELLOW)
        print(f"{paint(f'{row + 1:4}', DIM)}  {line}\n      {carets}")


def explain(text: str) -> None:
    """Print the title and the definition of a hover, and the terms not to be confused with it."""
    name, *paragraphs = text.split("\n\n")
    print(f"      {paint(name, BOLD)}")
    for paragraph in paragraphs[:1] + [part for part in paragraphs[1:] if part.startswith("Not to be")]:
        print(textwrap.fill(paragraph, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6))
    print()


def annotated(line: str, hints: list[Json]) -> str:
    """Return the part of a line that has inlay hints, with the hints inserted."""
    places = sorted((hint["position"]["character"], hint["label"]) for hint in hints)
    end = places[-1][0] + 24
    shown = line[end:] and "…"
    for at, label in reversed(places):
        shown = f" {paint(label, YELLOW)}{line[at:end]}{shown}"
        end = at
    start = 0 if end < 40 else line.index(" ", end - 40) + 1
    return f"{'…' if start else ''}{line[start:end]}{shown}"


def width(text: str) -> int:
    """Return the width of a text in terminal columns."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def paint(text: str, color: str) -> str:
    """Return a text in a color, if the output supports colors."""
    return f"\033[{color}m{text}\033[0m" if COLORED else text


if __name__ == "__main__":
    sys.exit(main())
