"""Pages that ask for consent, and articles that only tell of it."""

from __future__ import annotations

import pytest

from feedpub.extract import understand
from feedpub.model import Document, Rules

ASKED = (
    "We and our 812 partners store and access personal data on your device. Selecting “I accept” lets them do so.",
    "You can change your choices or withdraw your consent at any time by clicking the link at the bottom of the page.",
)
TOLD = (
    "SALTHAVEN — The ferry company asks passengers for consent before it sells what it learns of their journeys.",
    "Three partners bought personal data on 4,000 crossings last year, the harbour board found in its report.",
    "A keeper of the lighthouse said that nobody had asked him, and that he would rather row than press a button.",
)


def is_article(*printed: str) -> bool:
    return understand(Document("page.txt", "\n\n".join(printed).encode(), ""), Rules()).article is not None


@pytest.mark.parametrize("day", ["18 March 2026", ""])
def test_a_page_that_asks_for_consent_is_no_article_whatever_its_day(day: str) -> None:
    assert not is_article("We value your privacy", day, *ASKED, "I accept", "Reject all", "Show purposes")


def test_an_article_that_tells_of_consent_is_one() -> None:
    assert is_article("Ferry sells privacy of its passengers", "18 March 2026", *TOLD)
