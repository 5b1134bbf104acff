"""The Python interface: check texts, look terms up and find mentions, as the command line and the editors do.

    from glossary_ls import api
    project = api.open_project("docs")
    for finding in project.check("runbook.md"):
        print(finding.line, finding.message)

What `__all__` names stays compatible. Everything is plain data with offsets in code points. It must not know
the protocol, nor print. Start with `project`.
"""

from glossary_ls.api.model import Finding, Mention, MissingTerm, Place, ProjectError
from glossary_ls.api.project import Project, open_project
from glossary_ls.base.model import Alias, AliasKind, CaseRule, Contrast, Question, Status, Term

__all__ = [
    "Alias",
    "AliasKind",
    "CaseRule",
    "Contrast",
    "Finding",
    "Mention",
    "MissingTerm",
    "Place",
    "Project",
    "ProjectError",
    "Question",
    "Status",
    "Term",
    "open_project",
]
