"""What random sessions are made of: names of files, words, lines, entries of glossaries and settings."""

from __future__ import annotations

from typing import Any

LANGUAGES = {
    "a.md": "markdown",
    "b.md": "markdown",
    "sub/c.md": "markdown",
    "d.txt": "plaintext",
    "e.rst": "restructuredtext",
    "f.adoc": "asciidoc",
    "g.py": "python",
    "sub/n.ipynb#1": "markdown",
    "sub/n.ipynb#2": "markdown",
    "sub/n.ipynb#3": "markdown",
}
#: Languages by suffix.
SUFFIXES = {
    "md": "markdown",
    "ipynb": "markdown",
    "txt": "plaintext",
    "rst": "restructuredtext",
    "adoc": "asciidoc",
    "py": "python",
    "yaml": "yaml",
    "toml": "toml",
}
NOTEBOOK = {"uri": "file:///ws/sub/n.ipynb", "version": 1}

WORDS = """
latency delay SSD SLO SLOs vLLM Vllm VLLM TP tp TPs sharding shard QXZ QXZ's qxz KFJ XKW RPO KPD GPU gpu gpus
SoC SOC throughput parallel tensor drive network \U0001f600 \U0001d54f e\u0301 `QXZ` **TP** *SSD* [TP] [delay]
(TP) (RPO) recovery point objective quantum xylophone zither Quantum Xylophone Zither allow white list
white-list _RPO_ http://x.org/TP fails, is. grew stands for three are the of and
""".split()  # noqa: SIM905  because a list would be long

LINES = (
    "",
    "",
    "",
    "The SSD drive failed, and the delay grew.",
    "Formerly called",
    "delay is what VLLM and Vllm have; vLLM has not.",
    "a recovery point objective (RPO)",
    "recovery point objective (RPO) again, or the request path order (RPO)",
    "The quantum xylophone zither of QXZ; a Quantum Xylophone Zither.",
    "## RPO",
    "RPO",
    "===",
    "= RPO",
    "== Glossary",
    "Recovery point objective is how much may be lost.",
    "# Glossary",
    "- RPO: recovery point objective",
    "RPO:: recovery point objective",
    "* KPD - key performance data",
    "The QXZ and two QXZ's are up. A qxz is down. Three QXZ's",
    "The KFJ, KFJ 100, KFJ 200 and SLOs",
    "many XKW's",
    "Tensor Parallel and tensor\nparallel, white\nlist, Error Budget",
    "an error budget",
    "and an SLO of the TP; sharding",
    "TP (throughput)",
    "TP (teleport)",
    "TP",
    "(tensor parallel)",
    "Tensor of shards across GPUs: tp and TP",
    "tokens per second are the tp",
    "# glossary-ls: accept QXZ",
    "<!-- glossary-ls: accept QXZ -->",
    "<!-- glossary-ls: ignore-next-line -->",
    "<!-- glossary-ls: ignore-start unknown-acronym -->",
    "<!-- glossary-ls: ignore-end -->",
    "<!-- glossary-ls: sense TP = throughput -->",
    "// glossary-ls: sense TP = tensor parallelism",
    ".. glossary-ls: ignore-line",
    "---",
    "senses: {TP: throughput}",
    "topics: [network]",
    ":topics: network",
    "```",
    "~~~",
    "----",
    "....",
    "::",
    "    TP QXZ indented",
    '"""',
    "'''",
    "def tp_count(): # the TP of QXZ",
    "# a comment about QXZ and the delay",
    "| TP | QXZ |",
    "|----|-----|",
    "SSD",
    "drive is full.",
    "> quoted TP",
    "[delay]: http://x.org",
    "see [delay] and [delay][] and :term:`delay` and delay_",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "$$",
    "SoC and SOC \U0001f600 TP \U0001f600\U0001f600 QXZ",
    "the gpu of a GPU and Gpus",
)

ENTRIES = (
    "- {term: latency, aliases: [{name: delay, kind: avoid}]}",
    "- {term: SSD, expansion: Solid State Drive}",
    "- {term: SLO, expansion: Service Level Objective, summary: A target.}",
    "- {term: vLLM, definition: An inference server., case: exact}",
    "- {term: TP, expansion: Tensor Parallelism, summary: shards, aliases: [{name: sharding, kind: avoid}]}",
    "- {term: TP, expansion: Throughput, topics: [network], status: deprecated, replaced_by: SLO}",
    "- {term: TP, expansion: Tokens, summary: per second, aliases: [{name: sharding, kind: avoid}]}",
    "- {term: TP, expansion: Third Party, scope: [sub/**]}",
    "- {term: error budget, summary: A GPU network budget.}",
    "- {term: error budget, summary: tokens per second are spent.}",
    "- {term: SoC, expansion: System on Chip}",
    "- {term: SOC, expansion: Security Operations Center}",
    "- {term: GPU, expansion: Graphics Processing Unit}",
    "- {term: allow list, aliases: [{name: white list, kind: avoid}]}",
    "- {term: quantum xylophone zither, summary: An instrument.}",
    "- {term: QXZ, expansion: Queue Exchange Zone}",
    "- {term: broken",
    "# a comment",
)

SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"packs": ["llm-deployment", "common-tech"]},
    {"inlayHints": {"repeat": "section", "show": "terms"}},
    {"inlayHints": {"show": "terms"}},
    {"semanticTokens": {"enabled": False}},
    {"neighbours": {"enabled": False}},
    {"accept": ["QXZ", "TP"]},
    {"diagnostics": {"enabled": False}},
    {"diagnostics": {"workspace": True}},
    {"rules": {"expand-first-use": "warning", "unused-definition": "warning"}},
)
BASE = {"packs": [], "semanticTokens": {"enabled": True}}
RESOLVERS = {
    "textDocument/codeAction": "codeAction/resolve",
    "textDocument/inlayHint": "inlayHint/resolve",
    "textDocument/codeLens": "codeLens/resolve",
    "textDocument/completion": "completionItem/resolve",
}
GLOSSARIES = ("glossary.yaml", "sub/glossary.yaml")
#: Where files are moved to, and what may be the workspace folders.
FOLDERS = ("", "sub/", "docs/", "sub/deep/")
ROOTS = (("/ws",), ("/ws", "/ws/sub"), ("/ws/sub",))

#: Names of links, and files outside of the workspace.
LINKS = ("l.md", "sub/l.md", "team.glossary.yaml", "sub/team.glossary.yaml", "linked", "sub/linked")
OUTSIDE = {"/out/x.md": "The queue outside zone (QOZ).\n", "/out/glossary.yaml": "TP: Taken from outside\n"}

CONFIGURATIONS = ("glossary-ls.toml", ".gitignore")
TOML = (
    "",
    "accept = ['QXZ']\n",
    "[rules]\nunknown-acronym = 'off'\n",
    "packs = ['llm-deployment']\n",
    "[[overrides]]\npaths = ['sub/**']\naccept = ['KFJ', 'XKW']\n",
    "sources = ['docs/glossary.yaml']\n",
    "exclude = ['sub/**']\n",
)
IGNORED = ("", "docs\n", "sub/\n!sub/c.md\n", "*.md\n", "glossary.yaml\n", "/a.md\nnew-*\n")
