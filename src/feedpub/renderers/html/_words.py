"""What the pages say themselves, in the language of the site.

Takes language tags, gives Words. A site in another language reads English; its articles stay in their own.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from feedpub.renderers.html._translations import TRANSLATIONS


class Words(Struct, frozen=True):
    """The words of the pages in one language. What stands in braces is put in its place by the templates."""

    language: str
    months: tuple[str, ...]
    date: str  # day, month, year
    month: str  # month, year
    at: str  # date, time
    about: str
    week: str
    skip: str
    latest: str
    feeds: str
    search: str
    search_label: str
    search_hint: str
    search_needs_script: str
    found: str
    nothing_found: str
    loading: str
    what_is_a_feed: str
    subscribe: str
    subscribe_hint: str
    address: str
    copy: str
    copied: str
    open_in: str
    desktop: str
    formats: str
    entries: str
    one_entry: str
    no_entries: str
    all_feeds: str
    all_feeds_hint: str
    groups: dict[str, str]
    all_entries: str
    older: str
    newer: str
    archive: str
    page: str
    updated: str
    by: str
    read_original: str
    filed_under: str
    from_archive: str
    withdrawn: str
    expired: str
    gone: str
    withdrawn_hint: str
    preview: str


_ENGLISH = Words(
    language="en",
    months=tuple("January February March April May June July August September October November December".split()),
    date="{day} {month} {year}",
    month="{month} {year}",
    at="{date}, {time}",
    about="{date}, about {time}",
    week="Week of {date}",
    skip="Skip to the content",
    latest="Latest",
    feeds="Feeds",
    search="Search",
    search_label="Search the articles",
    search_hint="Titles, summaries, authors and categories are searched, here in your browser.",
    search_needs_script="The search runs in your browser and needs JavaScript. Without it, leaf through the archive.",
    found="{count} found",
    nothing_found="Nothing found",
    loading="Looking through older articles …",
    what_is_a_feed="A feed is a list of the newest articles that a feed reader looks at for you. Subscribe to the ones "
    "that you like, and new articles come to you: no e-mail address, no account here, no tracking.",
    subscribe="Subscribe",
    subscribe_hint="Copy this address into your feed reader, or open it in one of these.",
    address="Address of the feed",
    copy="Copy",
    copied="Copied",
    open_in="Open in",
    desktop="an app on this device",
    formats="Formats",
    entries="{count} articles",
    one_entry="1 article",
    no_entries="No articles at the moment.",
    all_feeds="All feeds",
    all_feeds_hint="All of them in one file, to import into your reader (OPML)",
    groups={
        "": "The whole site",
        "category": "Categories",
        "author": "Authors",
        "tag": "Tags",
        "place": "Places",
        "feed": "More feeds",
    },
    all_entries="All articles",
    older="Older articles",
    newer="Newer articles",
    archive="Archive",
    page="Page {number}",
    updated="Updated {date}",
    by="By {names}",
    read_original="Read it where it was published: {host}",
    filed_under="Filed under",
    from_archive="More from {title}",
    withdrawn="This article was withdrawn on {date}.",
    expired="This article was available until {date}.",
    gone="This article is no longer available.",
    withdrawn_hint="Its address stays, so that links to it still lead somewhere.",
    preview="This is a preview: site.url is not set, so the feeds can’t be subscribed to yet.",
)

WORDS = {"en": _ENGLISH} | {
    language: replace(_ENGLISH, language=language, **words) for language, words in TRANSLATIONS.items()
}


def words_of(*languages: str | None) -> Words:
    """Give the words of the first of these languages that we know, by their tags; or English ones."""
    primary = ((language or "").lower().partition("-")[0] for language in languages)
    return next((WORDS[language] for language in primary if language in WORDS), _ENGLISH)
