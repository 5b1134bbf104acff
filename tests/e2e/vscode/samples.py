"""The workspaces that the tests of Visual Studio Code open."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NOTES = """\
# Notes 🐢

The 🚀 SLA of the XQZT team names a zonk.

Our load bal
"""

GLOSSARY = """\
version: 1
terms:
  - term: zonk
    definition: The first meaning.
"""

#: The Python that runs the server; it need not be the one on PATH.
PYTHON = {"glossary_ls.server.interpreter": sys.executable}


def folder_at(path: Path, name: str = "workspace") -> Path:
    """Make a folder with a glossary and two documents, one with a term, an expansion and a finding."""
    root = path / name
    (root / ".git").mkdir(parents=True)
    (root / ".vscode").mkdir()
    (root / "glossary.yaml").write_text(GLOSSARY)
    (root / "notes.md").write_text(NOTES)
    (root / "other.md").write_text("# Other\n\nAsk the VVKJ team.\n")
    return root


#: Markup in a definition that must do no harm.
_HOSTILE = """<script>document.body.dataset.hit = 1</script>
      <img src=x onerror="document.body.dataset.hit = 1">
      ![p](http://192.0.2.1/p.png) [run](javascript:alert(1)) [quit](command:workbench.action.closeWindow)
      [web](https://example.com/)"""

_WITH_TOPICS = f"""\
version: 1
name: Team
guide: {{title: Begin with knots, points: [See *zonk*.]}}
terms:
  - term: zonk
    expansion: zone of knots
    definition: A **place** of knots.
    aliases: [knotty place, {{name: tangle, kind: avoid}}]
    facts: [It is `wet`.]
    examples: [The harbour.]
    topics: [sailing]
    related: [yarp]
    not_to_be_confused_with: [{{term: yarp, difference: A yarp is dry.}}]
    questions: [{{question: "Who ties it?", answer: "The mate:\\n\\n- by hand"}}]
    owner: Deck
    source: The log
    url: https://example.com/zonk
  - term: yarp
    definition: A dry one.
    topics: [sailing, speech]
  - term: olde
    definition: Of yore.
    status: deprecated
    replaced_by: zonk
  - term: XSSQ
    expansion: "<b>bold</b>"
    definition: |
      {_HOSTILE}
    url: javascript:alert(1)
    topics: [traps]
"""

_WITH_TERMS = """\
# Notes

The zonk is a knotty place.

A yarp met the Quick Xylo Zinc (QXZC) team.

QXZC again.
"""

#: The files of the workspace whose side bar is tested: terms with topics, uses of them, and unknown acronyms.
SIDE_BAR = {
    "glossary-ls.toml": "packs = []\n",
    "glossary.yaml": _WITH_TOPICS,
    "notes.md": _WITH_TERMS,
    "other.md": "# Other\n\nNo yarp,\n  but a zonk.\n",
    "queue.md": "The QXWZ, the QXWZ and the Lookup Queue Run Stream; ask the LQRS team.\n",
    "team.md": "Ask the VVKJ team, and the WQVZ.\n",
    "rare.md": "Ask the JZKP team.\n",
    "third.md": "The Quoted Extra Wait Zone (QXWZ) is here. QXWZ again.\n",
}
