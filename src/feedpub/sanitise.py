"""Make markup safe to publish: the one place that knows nh3.

Takes HTML, gives HTML in which nothing runs, loads or asks. Never raises for what the HTML holds.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from feedpub.normalise import absolute_url, legal

if TYPE_CHECKING:
    import nh3

TAGS = frozenset(
    """a abbr b bdi bdo blockquote br caption cite code dd del dfn dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img
    ins kbd li mark ol p pre q rp rt ruby s samp small strong sub sup table tbody td tfoot th thead time tr u ul
    var""".split()
)
ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "time": {"datetime"},
}
SILENT = {"script", "style", "template", "svg", "math", "noscript", "iframe", "object", "select", "textarea", "title"}
ADDRESSES = frozenset((("a", "href"), ("img", "src")))


def sanitise(html: str) -> str:
    """The markup with the elements, attributes and addresses that a feed may carry, and the text of all others."""
    return _cleaner().clean(legal(html))


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3  # not for those who have plain text only

    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=SILENT,
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes={"http", "https"},
        strip_comments=True,
        link_rel=None,
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute; an address only when it is absolute."""
    return absolute_url(value) if (tag, name) in ADDRESSES else value
