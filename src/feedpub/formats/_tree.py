"""Look things up in a tree: elements by a path, and what one of them prints."""

from __future__ import annotations

from itertools import islice

from lxml import etree, html

from feedpub.normalise import one_line

LONGEST = 600  # characters of a value, and elements that it may stand in


def elements(root: etree._Element, path: str) -> list[html.HtmlElement]:
    """The elements of a tree that an XPath names."""
    found = root.xpath(path)
    return [one for one in found if isinstance(one, html.HtmlElement)] if isinstance(found, list) else []


def printed(element: etree._Element) -> str:
    """What an element prints; nothing when that is too long for a value."""
    said = [element.text or ""]
    for below in islice(element.iterdescendants(), LONGEST):
        if below.tag not in ("style", "script", "svg"):
            said.append(below.text or "")
        said.append(below.tail or "")
    text = one_line(" ".join(said))
    return text if len(text) <= LONGEST else ""
