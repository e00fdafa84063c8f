"""The words of the trade, as frozen values.

Every value here is immutable, compares by content, and may cross a process border. Nothing in this package does
anything: values are made by the modules that the docstrings name. Its modules, in the order in which a build comes to
them: `rules`, `sources`, `drafts`, `articles`, `entries`, `feeds`, `webpages`, `builds`; `problems`, which may come
anywhere; `lessons` and `adoptions`, which are no part of a build. All other modules take the words from here.
"""

from feedpub.model.adoptions import Adopted, Adoption, Fate, Former
from feedpub.model.articles import Article, Dateline, Metadata, Moment, Origin, Place, Precision, Reading
from feedpub.model.builds import READERS, Exhibit, FeedPlan, Outcome, Plan, Sighting
from feedpub.model.drafts import Block, Clue, Draft, Dropped, Piece, Trust
from feedpub.model.entries import Entry, Event, Kin, Known, Recalled, State, What
from feedpub.model.feeds import MOST_TEXT, SLUG, Artefact, Bodies, Channel, Feed, Page, Placed
from feedpub.model.lessons import Change, Difference, Lesson, Seen
from feedpub.model.problems import Finding, Problem, Severity
from feedpub.model.rules import Profile, Rules, Tables
from feedpub.model.sources import (
    BOMS,
    INCLUDE,
    OLDEST_YEAR,
    Capture,
    Document,
    Gone,
    Limits,
    Piled,
    Source,
    Stated,
    Unlisted,
)
from feedpub.model.webpages import Listed, Masthead, Template, Theme

__all__ = [
    "BOMS",
    "INCLUDE",
    "MOST_TEXT",
    "OLDEST_YEAR",
    "READERS",
    "SLUG",
    "Adopted",
    "Adoption",
    "Artefact",
    "Article",
    "Block",
    "Bodies",
    "Capture",
    "Change",
    "Channel",
    "Clue",
    "Dateline",
    "Difference",
    "Document",
    "Draft",
    "Dropped",
    "Entry",
    "Event",
    "Exhibit",
    "Fate",
    "Feed",
    "FeedPlan",
    "Finding",
    "Former",
    "Gone",
    "Kin",
    "Known",
    "Lesson",
    "Limits",
    "Listed",
    "Masthead",
    "Metadata",
    "Moment",
    "Origin",
    "Outcome",
    "Page",
    "Piece",
    "Piled",
    "Place",
    "Placed",
    "Plan",
    "Precision",
    "Problem",
    "Profile",
    "Reading",
    "Recalled",
    "Rules",
    "Seen",
    "Severity",
    "Sighting",
    "Source",
    "State",
    "Stated",
    "Tables",
    "Template",
    "Theme",
    "Trust",
    "Unlisted",
    "What",
]
