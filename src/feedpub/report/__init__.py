"""Every sentence the program says, and the only package that knows the terminal.

What was asked for goes to standard output, talk goes to standard error. Everything reads well without colour.
"""

from feedpub.report.adoptions import has_open, show_adoption
from feedpub.report.builds import notes, outcome, plan, show_outcome, show_plan
from feedpub.report.findings import findings_as_json, show_findings
from feedpub.report.lessons import lesson
from feedpub.report.memory import recalled, renewed, show_recalled
from feedpub.report.profiles import profile
from feedpub.report.progress import Bar, Silence
from feedpub.report.readings import examined, show_dropped, show_page, show_reading
from feedpub.report.talk import fail, note, printable, tell
from feedpub.report.words import as_json

__all__ = [
    "Bar",
    "Silence",
    "as_json",
    "examined",
    "fail",
    "findings_as_json",
    "has_open",
    "lesson",
    "note",
    "notes",
    "outcome",
    "plan",
    "printable",
    "profile",
    "recalled",
    "renewed",
    "show_adoption",
    "show_dropped",
    "show_findings",
    "show_outcome",
    "show_page",
    "show_plan",
    "show_reading",
    "show_recalled",
    "tell",
]
