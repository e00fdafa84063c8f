"""In which channels does an article stand? The site's, one for each category, author, tag or place, and custom ones.

Takes an article's metadata and the operator's plan of channels, gives the channels' names and titles. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from feedpub.model import Metadata
from feedpub.normalise import slugify
from feedpub.query import Query, Subject

CUSTOM = "feed"  # the folder of the operator's own feeds


class Filing(Struct, frozen=True):
    """Which channels there are beside the site's: an axis has one for each of its values."""

    by: tuple[str, ...]
    custom: Mapping[str, Query]  # by name

    @property
    def mark(self) -> str:
        """A text that changes when articles have to be filed again."""
        queries = (f"{name}={query.text}" for name, query in sorted(self.custom.items()))
        return "\n".join((" ".join(sorted(self.by)), *queries))

    def channels(
        self, metadata: Metadata, *, source: str, published: str, body: Callable[[], str]
    ) -> dict[str, str | None]:
        """Give the channels that an article stands in, by name, with the title that it gives each.

        `source` is the name of its source, `published` its day (YYYY-MM-DD, UTC), `body` gives its HTML.
        """
        found: dict[str, str | None] = {"": None}
        for axis in self.by:
            for value in _VALUES[axis](metadata):
                found.setdefault(f"{axis}/{slugify(value)}", value)
        if self.custom:
            subject = Subject(metadata, source=source, published=published, body=body)
            found.update((f"{CUSTOM}/{name}", None) for name, query in self.custom.items() if query(subject))
        return found


def _cities(metadata: Metadata) -> Iterable[str]:
    return [place.city for place in metadata.dateline.places] if metadata.dateline else ()


_VALUES: Mapping[str, Callable[[Metadata], Iterable[str]]] = {
    "category": lambda metadata: metadata.categories,
    "author": lambda metadata: metadata.authors,
    "tag": lambda metadata: metadata.tags,
    "place": _cities,
}
