"""What HTML holds, as far as a feed cares: tags, addresses, scripts; and whether plain text holds any.

Takes strings (or, for XHTML, elements), gives tags and sentences. Reads each text once, whatever it holds: nothing here
takes longer than the text is long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice
from typing import NamedTuple

from feedpub import urls

_TAG = re.compile(
    r"""<!--(?:[^-]++|-(?!->))*+(?:-->)?|<(/?)([A-Za-z][^\s/<>]*+)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>?"""
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'<>]++))?+""")

KNOWN = frozenset(
    """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo big blockquote body br button
    canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed
    fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i
    iframe img input ins kbd label legend li link listing main map mark marquee menu menuitem meta meter nav
    nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rb
    rp rt rtc ruby s samp script search section select slot small source span strike strong style sub summary
    sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp math
    """.split()
)
_UNSAFE = frozenset("script style object embed applet base link meta frame frameset noscript".split())
_PAGE = frozenset("html head body title".split())
_CONTROLS = frozenset("form input button select textarea option optgroup fieldset".split())
_FOREIGN = frozenset(("svg", "math"))
_ADDRESSES = frozenset("href src poster cite longdesc action formaction background data".split())
_SCRIPTED = frozenset(("javascript", "vbscript", "livescript", "mocha"))
_EVERYWHERE = frozenset(("http", "https", "mailto", "tel"))
_STRIPPED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+")
MOST_TAGS = 20_000  # of one fragment
_LAZY = frozenset("data-src data-lazy-src data-original data-srcset".split())

_PLAIN_TAG = re.compile(
    r"</?([A-Za-z][A-Za-z0-9]{0,12})(?:\s[^<>=]{0,200}+=[^<>]{0,2000}+|\s{0,9}+)/?>"
)  # not “a<b and b>c”
_REFERENCE = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|[a-z]{2,8}(?<!amp)|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_ESCAPED_TAG = re.compile(r"&(?:lt|#60|#x3c);/?([A-Za-z][A-Za-z0-9]{0,12})\b", re.IGNORECASE)
_TWICE = re.compile(
    r"&amp;(?:amp|lt|gt|quot|apos|nbsp|[mn]dash|hellip|[lr][sd]quo|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE
)


class Tag(NamedTuple):
    """A tag of HTML: its name in small letters, its attributes, and where it stands."""

    name: str
    attributes: dict[str, str]
    line: int
    closes: bool = False


class Remark(NamedTuple):
    """Something about HTML, and the line where it stands."""

    line: int
    message: str


def tags(html: str, line: int) -> list[Tag]:
    """List the tags of a fragment that begins on a line."""
    found: list[Tag] = []
    seen = 0
    for match in islice(_TAG.finditer(html), MOST_TAGS):
        line += html.count("\n", seen, match.start())
        seen = match.start()
        if match[2]:
            found.append(Tag(match[2].lower(), _attributes(match[3]), line, bool(match[1])))
    return found


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(text):
        plain = value[1:-1] if value[:1] in ('"', "'") else value
        found.setdefault(name.lower(), unescape(plain) if "&" in plain else plain)
    return found


# ── what is wrong with a fragment ───────────────────────────────────────────────────────────────


def unsafe(found: Iterable[Tag]) -> Iterator[Remark]:
    """Name scripts, event handlers, and elements that reach beyond the article."""
    for tag in found:
        if tag.closes:
            continue
        if tag.name in _UNSAFE:
            yield Remark(tag.line, f"the content holds a {tag.name} element")
        for name, value in tag.attributes.items():
            if name.startswith("on") and len(name) > 4:
                yield Remark(tag.line, f"the content has an event handler, {name}")
            elif name == "srcdoc" or (name in _ADDRESSES and _is_script(value)):
                yield Remark(tag.line, f"{name} of a {tag.name} element holds a script")


def _is_script(value: str) -> bool:
    """Whether an address runs something: browsers skip white space and control characters before they look."""
    bare = _STRIPPED.sub("", value[:400]).lower()
    return urls.scheme(bare) in _SCRIPTED or bare.startswith(("data:text/html", "data:image/svg", "data:application/x"))


def addresses(found: Iterable[Tag]) -> Iterator[tuple[Tag, str, str]]:
    """Give each address that a fragment names: its tag, its attribute, and the address itself."""
    for tag in found:
        for name, value in tag.attributes.items():
            if name in _ADDRESSES and (name != "data" or tag.name == "object"):
                yield tag, name, value.strip()
            elif name == "srcset":
                for address in _candidates(value):
                    yield tag, name, address


def _candidates(srcset: str) -> Iterator[str]:
    """Give the addresses of a srcset: the first word, and each that follows a comma."""
    first = True
    for word in srcset.split():
        if first:
            yield word.rstrip(",")
        first = word.endswith(",")


def relative(found: Iterable[Tag]) -> Iterator[Remark]:
    """Name the addresses that have no scheme, but those that point into the fragment itself."""
    for tag, name, address in addresses(found):
        if not urls.scheme(address) and not (name == "href" and address.startswith("#") and len(address) > 1):
            yield Remark(tag.line, f"{name} of {_a(tag.name)} element is relative: {address[:60] or 'empty'}")


def dangling(found: list[Tag]) -> Iterator[Remark]:
    """Name the addresses that point to an id which the fragment does not have."""
    ids = {tag.attributes[key] for tag in found for key in ("id", "name") if key in tag.attributes}
    for tag, name, address in addresses(found):
        if name == "href" and address.startswith("#") and len(address) > 1 and address[1:] not in ids:
            yield Remark(tag.line, f"a link points to {address[:60]}, which the content does not have")


def odd_schemes(found: Iterable[Tag]) -> Iterator[Remark]:
    """Name the addresses with a scheme that readers blank, and those that nobody else can reach."""
    for tag, name, address in addresses(found):
        kind = urls.scheme(address)
        if kind and kind not in _EVERYWHERE and not _is_script(address):
            yield Remark(tag.line, f"{name} of {_a(tag.name)} element is a {kind}: address")
        elif kind and urls.private(address):
            yield Remark(tag.line, f"{name} of {_a(tag.name)} element lies on a private host: {address[:60]}")


def page_parts(found: Iterable[Tag]) -> Iterator[Remark]:
    """Name the elements that belong to a whole page, not to a fragment."""
    for tag in found:
        if tag.name in _PAGE and not tag.closes:
            yield Remark(tag.line, f"the content holds {_a(tag.name)} element, which belongs to a whole page")


def unknown(found: Iterable[Tag]) -> Iterator[Remark]:
    """Name the elements that HTML does not have."""
    depth = 0
    for tag in found:
        if tag.name in _FOREIGN:
            depth += -1 if tag.closes else 1
        if depth <= 0 and not tag.closes and tag.name not in KNOWN:
            yield Remark(tag.line, f"HTML has no {tag.name[:40]} element")


def bad_images(found: Iterable[Tag]) -> Iterator[Remark]:
    """Name the images that show nothing in a reader, or say nothing to who can't see them."""
    for tag in found:
        if tag.name != "img" or tag.closes:
            continue
        source = tag.attributes.get("src", "")
        if not source or (source.startswith("data:") and _LAZY & tag.attributes.keys()):
            yield Remark(tag.line, "an image has no src but a placeholder: lazy loading does not work in readers")
        if "alt" not in tag.attributes:
            yield Remark(tag.line, f"an image has no alt text: {source[:60]}")


def stripped(found: Iterable[Tag]) -> Iterator[Remark]:
    """Name what most readers take away: forms, frames, inline drawings, and style."""
    names = {tag.name: tag.line for tag in reversed(list(found))}
    for name in sorted((_CONTROLS | _FOREIGN | {"iframe"}) & names.keys()):
        yield Remark(names[name], f"the content holds {_a(name)} element, which many readers take away")


def styled(found: Iterable[Tag]) -> Iterator[Remark]:
    """Name the first style attribute: readers drop it, or refuse parts of it."""
    for tag in found:
        if "style" in tag.attributes:
            yield Remark(tag.line, "the content has style attributes, which readers drop")
            return


# ── what is wrong with plain text ───────────────────────────────────────────────────────────────


def markup_in(text: str) -> str:
    """Say which tag a plain text holds, if any."""
    for match in _PLAIN_TAG.finditer(text):
        if match[1].lower() in KNOWN:
            return f"holds the tag {match[0][:40]}"
    return ""


def reference_in(text: str) -> str:
    """Say which character reference a plain text shows, if any: it was escaped twice."""
    match = _REFERENCE.search(text)
    return f"shows {match[0]} to its readers" if match and unescape(match[0]) != match[0] else ""


def twice_escaped(html: str) -> str:
    """Say why a fragment looks escaped twice, if it does."""
    if "&" not in html:
        return ""
    match = _ESCAPED_TAG.search(html)
    if match and match[1].lower() in KNOWN and not _TAG.search(html):
        return f"all its tags are escaped, as {match[0]}"
    match = _TWICE.search(html)
    return f"it shows {match[0].removeprefix('&amp;').join(('&', ''))}" if match else ""


def _a(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
