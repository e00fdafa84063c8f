"""The rules of RSS 2.0 (https://www.rssboard.org/rss-specification and its best practices profile).

RSS 0.91 to 0.94 are recognised and held to the same rules; RSS 1.0 is looked at by `rdf`. Takes a page, gives hits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from feedpub.check import _kinds as kinds
from feedpub.check import dates, html, urls
from feedpub.check._finding import Hit, Lines, Rule, shown
from feedpub.check._kinds import Kind
from feedpub.check._xml import XML, Element, Page, line_of, name_of, split, text_of
from feedpub.check.content import Fragment, Plain, xhtml_tags
from feedpub.check.extensions import CONTENT, DC, XHTML
from feedpub.check.identity import Name
from feedpub.check.timing import Stamp

ENCODED = f"{{{CONTENT}}}encoded"
CREATOR = f"{{{DC}}}creator"
BODY = f"{{{XHTML}}}body"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_CHANNEL = (
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs cloud "
    "ttl image rating textInput skipHours skipDays item"
)
_ITEM = "title link description author category comments enclosure guid pubDate source"
CHILDREN = {
    "rss": frozenset(("channel",)),
    "channel": frozenset(_CHANNEL.split()),
    "item": frozenset(_ITEM.split()),
    "image": frozenset("url title link width height description".split()),
    "textInput": frozenset("title description name link".split()),
    "skipHours": frozenset(("hour",)),
    "skipDays": frozenset(("day",)),
}
ATTRIBUTES = {
    "rss": frozenset(("version",)),
    "guid": frozenset(("isPermaLink",)),
    "enclosure": frozenset(("url", "length", "type")),
    "source": frozenset(("url",)),
    "category": frozenset(("domain",)),
    "cloud": frozenset(("domain", "port", "path", "registerProcedure", "protocol")),
}
_MANY = frozenset(("item", "category", "hour", "day", "enclosure"))
_PLACES = {(parent, child) for parent, children in CHILDREN.items() for child in children}
_NAMED = re.compile(rf"<(title|description|category|copyright|generator)>([^<]*&(?:lt|gt|amp);[^<]*)</\1>")
_PICTURE = re.compile(r"\.(?:gif|jpe?g|png)$", re.IGNORECASE)
_EXTENSION = re.compile(r"\.\w{1,5}$")


def core(page: Page, *names: str) -> Iterator[Element]:
    """Give the elements of RSS with these names, where RSS has them."""
    for element in page.all(*names):
        parent = element.getparent()
        if parent is not None and (parent.tag, element.tag) in _PLACES:
            yield element


def _filled(element: Element, name: str) -> str:
    return " ".join((element.findtext(name) or "").split())


# ── which elements there are ────────────────────────────────────────────────────────────────────


def version(page: Page) -> Iterator[Hit]:
    """Versions that there are not."""
    written = page.root.get("version")
    if written is None:
        yield page.hit(page.root, "rss has no version")
    elif written not in ("2.0", "0.91", "0.92", "0.93", "0.94"):
        yield page.hit(page.root, f"there is no RSS {shown(written)}")


def old_version(page: Page) -> Iterator[Hit]:
    """Versions before 2.0."""
    if (page.root.get("version") or "2").startswith("0"):
        yield page.hit(page.root, f"RSS {page.root.get('version')} is older than what readers are made for")


def channels(page: Page) -> Iterator[Hit]:
    """Documents without a channel, or with two."""
    found = page.root.findall("channel")
    if not found:
        yield page.hit(page.root, "rss has no channel")
    for again in found[1:]:
        yield page.hit(again, "rss has more than one channel")


def channel_elements(page: Page) -> Iterator[Hit]:
    """What a channel must have."""
    for channel in page.root.iterfind("channel"):
        for name in ("title", "link", "description"):
            if channel.find(name) is None:
                yield page.hit(channel, f"the channel has no {name}")


def repeated(page: Page) -> Iterator[Hit]:
    """Elements that stand twice where one may."""
    for element in page.elements:
        parent = element.getparent()
        if (
            parent is None
            or element.tag in _MANY
            or (parent.tag, element.tag) not in _PLACES
            or element.tag == "channel"
        ):
            continue
        if next(element.itersiblings(str(element.tag), preceding=True), None) is not None:
            yield page.hit(element, f"{parent.tag} has more than one {element.tag}")


def strangers(page: Page) -> Iterator[Hit]:
    """Elements in no namespace that RSS does not have, or not there."""
    for element in page.elements:
        parent = element.getparent()
        if parent is None or split(str(element.tag))[0]:
            continue
        allowed = CHILDREN.get(str(parent.tag))
        if allowed is not None and element.tag not in allowed:
            yield page.hit(element, f"{parent.tag} can't hold {element.tag}, which is in no namespace")


def in_extensions(page: Page) -> Iterator[Hit]:
    """Elements in no namespace within extensions."""
    for element in page.elements:
        parent = element.getparent()
        if parent is not None and not split(str(element.tag))[0] and split(str(parent.tag))[0]:
            yield page.hit(element, f"{element.tag} within {name_of(parent)} is in no namespace")


def children_in_text(page: Page) -> Iterator[Hit]:
    """Elements within elements that hold text."""
    for element in page.elements:
        if len(element) and not split(str(element.tag))[0] and element.tag not in CHILDREN:
            parent = element.getparent()
            if parent is not None and (parent.tag, element.tag) in _PLACES:
                yield page.hit(element[0], f"{element.tag} holds the element {name_of(element[0])}")


def markup_in_encoded(page: Page) -> Iterator[Hit]:
    """HTML that was not escaped."""
    for element in page.all(ENCODED):
        if len(element):
            yield page.hit(element[0], f"content:encoded holds the element {name_of(element[0])}")


def strange_attributes(page: Page) -> Iterator[Hit]:
    """Attributes that an element of RSS does not have."""
    for element in page.elements:
        if split(str(element.tag))[0]:
            continue
        known = ATTRIBUTES.get(str(element.tag), frozenset())
        for attribute in map(str, element.attrib):
            if attribute[:1] != "{" and attribute not in known:
                yield page.hit(element, f"{element.tag} has no attribute {attribute}")


def stray_text(page: Page) -> Iterator[Hit]:
    """Text between elements, where only elements may stand."""
    for element in page.all(*CHILDREN):
        text = next(
            (part for part in (element.text, *(child.tail for child in element)) if part and part.strip()), None
        )
        if text:
            yield page.hit(element, f"text stands between the elements of {element.tag}: {shown(text)}")


def blank(page: Page) -> Iterator[Hit]:
    """Elements that are there and empty."""
    for element in core(page, *"title category language copyright generator rating".split()):
        if not len(element) and not text_of(element).strip():
            yield page.hit(element, f"{element.tag} is empty")


def items_early(page: Page) -> Iterator[Hit]:
    """Metadata of the channel behind its items."""
    for channel in page.root.iterfind("channel"):
        behind = False
        for child in channel:
            if behind and child.tag in CHILDREN["channel"] and child.tag != "item":
                yield page.hit(child, f"{child.tag} of the channel stands behind an item")
            behind = behind or child.tag == "item"


# ── items ───────────────────────────────────────────────────────────────────────────────────────


def empty_items(page: Page) -> Iterator[Hit]:
    """Items with neither title nor description."""
    for item in page.all("item"):
        if item.find("title") is None and item.find("description") is None:
            yield page.hit(item, "the item has neither title nor description")


def no_guid(page: Page) -> Iterator[Hit]:
    """Items without a guid."""
    for item in page.all("item"):
        if item.find("guid") is None and (page.root.get("version") or "2").startswith("2"):
            yield page.hit(item, "the item has no guid")


def incomplete(page: Page) -> Iterator[Hit]:
    """Items without what readers need."""
    for item in page.all("item"):
        absent = [name for name in ("title", "link") if item.find(name) is None]
        if absent:
            yield page.hit(item, f"the item has no {' and no '.join(absent)}")


def undated(page: Page) -> Iterator[Hit]:
    """Items without a date."""
    for item in page.all("item"):
        if item.find("pubDate") is None and item.find(f"{{{DC}}}date") is None:
            yield page.hit(item, "the item has no pubDate")


def guids(page: Page) -> Iterator[Hit]:
    """Guids that are empty, or permalinks that are no address."""
    for guid in core(page, "guid"):
        text = text_of(guid).strip()
        permalink = guid.get("isPermaLink", "true") == "true"
        if not text:
            yield page.hit(guid, "the guid is empty")
        elif permalink and (wrong := urls.bad_uri(text)):
            yield page.hit(guid, f"the guid is a permalink, and {wrong}: {shown(text)}")
        elif permalink and text.lower().startswith(("tag:", "urn:uuid:")):
            yield page.hit(guid, f"the guid is a permalink that nobody can open: {shown(text)}")


def permalink_flag(page: Page) -> Iterator[Hit]:
    """Values of isPermaLink other than the two."""
    for guid in core(page, "guid"):
        if guid.get("isPermaLink") not in (None, "true", "false"):
            yield page.hit(guid, f"isPermaLink is neither true nor false: {shown(guid.get('isPermaLink', ''))}")


def same_guids(page: Page) -> Iterator[Hit]:
    """Items that share a guid."""
    found = [(guid, text_of(guid).strip()) for guid in core(page, "guid")]
    counts = Counter(text for _, text in found)
    seen: set[str] = set()
    for guid, text in found:
        if text and counts[text] > 1 and text in seen:
            yield page.hit(guid, f"{counts[text]} items have this guid")
        seen.add(text)


def small_guids(page: Page) -> Iterator[Hit]:
    """Guids that another feed may well have too."""
    for guid in core(page, "guid"):
        if re.fullmatch(r"\d{1,8}", text_of(guid).strip()):
            yield page.hit(guid, f"the guid is a small number: {shown(text_of(guid))}")


def other_permalinks(page: Page) -> Iterator[Hit]:
    """Guids that are permalinks and differ from the link."""
    for item in page.all("item"):
        guid, link = item.find("guid"), _filled(item, "link")
        if guid is not None and guid.get("isPermaLink", "true") == "true" and link and text_of(guid).strip() != link:
            yield page.hit(guid, "the guid is a permalink, and differs from the link")


def encoded_first(page: Page) -> Iterator[Hit]:
    """Full texts that stand before the description, or without one."""
    for item in page.all("item"):
        encoded = item.find(ENCODED)
        if encoded is not None and next(encoded.itersiblings("description", preceding=True), None) is None:
            yield page.hit(encoded, "content:encoded stands before the description, or without one")


def enclosures(page: Page) -> Iterator[Hit]:
    """Enclosures without url, length or type, or with a wrong one."""
    table: dict[str, Kind] = {"url": kinds.http, "length": kinds.whole(0), "type": kinds.media_type}
    for enclosure in core(page, "enclosure"):
        for name, kind in table.items():
            value = enclosure.get(name)
            if value is None:
                yield page.hit(enclosure, f"the enclosure has no {name}")
            elif wrong := kind(value):
                yield page.hit(enclosure, f"{name} of the enclosure {wrong}: {shown(value)}")


def two_enclosures(page: Page) -> Iterator[Hit]:
    """Items with more than one enclosure."""
    for item in page.all("item"):
        for enclosure in item.findall("enclosure")[1:]:
            yield page.hit(enclosure, "the item has more than one enclosure")


def pictures_enclosed(page: Page) -> Iterator[Hit]:
    """Images as enclosures."""
    for enclosure in core(page, "enclosure"):
        if enclosure.get("type", "").lower().startswith("image/"):
            yield page.hit(enclosure, "an image is enclosed")


def sources(page: Page) -> Iterator[Hit]:
    """Sources without an address."""
    for source in core(page, "source"):
        address = source.get("url")
        if address is None:
            yield page.hit(source, "the source has no url")
        elif wrong := kinds.uri(address):
            yield page.hit(source, f"url of the source {wrong}: {shown(address)}")


def commas(page: Page) -> Iterator[Hit]:
    """Categories that some readers part at a comma or bar."""
    for category in core(page, "category"):
        if re.search("[,|]", text_of(category)):
            yield page.hit(category, f"the category holds a comma or a bar: {shown(text_of(category))}")


# ── people, dates, addresses, numbers ───────────────────────────────────────────────────────────


def people(page: Page) -> Iterator[Hit]:
    """People without an e-mail address."""
    for person in core(page, "author", "managingEditor", "webMaster"):
        text = unquote(text_of(person).strip().removeprefix("mailto:"))
        named = kinds.is_named_address(text)
        if not named and (text.find("@") <= 0 or (text.endswith(")") and kinds.address(text.partition(" ")[0]))):
            yield page.hit(person, f"{person.tag} holds no e-mail address: {shown(text)}")


def people_forms(page: Page) -> Iterator[Hit]:
    """People in another form than address and name."""
    for person in core(page, "author", "managingEditor", "webMaster"):
        text = text_of(person).strip()
        if text.find("@") > 0 and not kinds.is_named_address(text):
            yield page.hit(person, f"{person.tag} is not of the form user@example.org (Name): {shown(text)}")


def bad_dates(page: Page) -> Iterator[Hit]:
    """Dates that are none."""
    for element in core(page, "pubDate", "lastBuildDate"):
        text = text_of(element).strip()
        if not dates.rfc822(text) and not dates.loose_rfc822(text):
            yield page.hit(element, f"{element.tag} is no RFC 822 date: {shown(text)}")


def wrong_weekdays(page: Page) -> Iterator[Hit]:
    """Dates that name another day of the week."""
    for element in core(page, "pubDate", "lastBuildDate"):
        right = dates.wrong_weekday(text_of(element).strip())
        if right:
            yield page.hit(element, f"{element.tag} was a {right}: {shown(text_of(element))}")


def odd_dates(page: Page) -> Iterator[Hit]:
    """Dates that RFC 822 allows and readers misunderstand."""
    for element in core(page, "pubDate", "lastBuildDate"):
        text = text_of(element).strip()
        if not dates.rfc822(text) and dates.loose_rfc822(text):
            yield page.hit(element, f"some readers misunderstand {element.tag}: {shown(text)}")


def zone_names(page: Page) -> Iterator[Hit]:
    """Dates with the name of a zone."""
    for element in core(page, "pubDate", "lastBuildDate"):
        if re.search(r" (?:[ECMP][SD]T|UT|Z)$", text_of(element).strip()):
            yield page.hit(element, f"{element.tag} names a zone: {shown(text_of(element))}")


def addresses(page: Page) -> Iterator[Hit]:
    """Addresses that are no absolute URIs."""
    for element in core(page, "link", "comments", "docs", "url"):
        wrong = urls.bad_uri(text_of(element).strip())
        if wrong:
            yield page.hit(element, f"{element.tag} {wrong}: {shown(text_of(element))}")


def languages(page: Page) -> Iterator[Hit]:
    """Languages that are none."""
    for element in core(page, "language"):
        text = text_of(element).strip()
        if kinds.language(text):
            yield page.hit(element, f"language is no language tag: {shown(text)}")


def values(page: Page, kind: Kind, *names: str) -> Iterator[Hit]:
    """Elements of RSS whose text is not of a kind."""
    for element in core(page, *names):
        wrong = kind(text_of(element))
        if wrong:
            yield page.hit(element, f"{element.tag} {wrong}: {shown(text_of(element))}")


def midnight(page: Page) -> Iterator[Hit]:
    """Midnight as the 24th hour."""
    for hour in core(page, "hour"):
        if text_of(hour).strip() == "24":
            yield page.hit(hour, "midnight is the hour 0")


def skipped(page: Page) -> Iterator[Hit]:
    """Hours and days that are skipped twice, or more than there are."""
    for holder, name, most in (("skipHours", "hour", 24), ("skipDays", "day", 7)):
        for skip in core(page, holder):
            found = [text_of(part).strip() for part in skip.findall(name)]
            found = ["0" if text == "24" else text for text in found]
            if not found:
                yield page.hit(skip, f"{holder} has no {name}")
            if len(found) > most:
                yield page.hit(skip, f"{holder} has {len(found)} entries, and there are {most}")
            elif len(set(found)) < len(found):
                yield page.hit(skip, f"{holder} names a {name} twice")


def clouds(page: Page) -> Iterator[Hit]:
    """Clouds that lack something."""
    for cloud in core(page, "cloud"):
        for name in sorted(ATTRIBUTES["cloud"]):
            if cloud.get(name) is None:
                yield page.hit(cloud, f"the cloud has no {name}")
        wrong = kinds.whole(1, 65535)(cloud.get("port", "1"))
        if wrong:
            yield page.hit(cloud, f"port of the cloud {wrong}: {shown(cloud.get('port', ''))}")


def parts(page: Page, holder: str, names: str) -> Iterator[Hit]:
    """Elements that lack a part."""
    for element in core(page, holder):
        for name in names.split():
            if element.find(name) is None:
                yield page.hit(element, f"{holder} has no {name}")


def image_like_channel(page: Page) -> Iterator[Hit]:
    """Images with another title or link than the channel."""
    for channel in page.root.iterfind("channel"):
        image = channel.find("image")
        for name in ("title", "link"):
            if image is not None and image.find(name) is not None and _filled(image, name) != _filled(channel, name):
                yield page.hit(image, f"{name} of the image differs from that of the channel")


def image_kind(page: Page) -> Iterator[Hit]:
    """Images of a kind that RSS does not have."""
    for image in core(page, "image"):
        path = _filled(image, "url").partition("?")[0].rpartition("/")[2]
        if _EXTENSION.search(path) and not _PICTURE.search(path):
            yield page.hit(image, f"the image is neither GIF, JPEG nor PNG: {shown(path)}")


def text_inputs(page: Page) -> Iterator[Hit]:
    """Forms, which no reader shows."""
    for element in core(page, "textInput"):
        yield page.hit(element, "the channel has a textInput")


def no_self(page: Page) -> Iterator[Hit]:
    """Channels that do not name their own address."""
    for channel in page.root.iterfind("channel"):
        found = channel.findall("{http://www.w3.org/2005/Atom}link")
        if page.root.get("version") == "2.0" and all(link.get("rel") != "self" for link in found):
            yield page.hit(channel, "the channel has no atom:link of rel self")


_TERMS = "{http://purl.org/dc/terms/}"
_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = f"{{{DC}}}"
_OVERLAPS = {
    "title": (f"{_DC}title", f"{_ATOM}title"),
    "link": (f"{_DC}identifier",),
    "description": (f"{_DC}description", f"{_ATOM}summary", f"{_ATOM}content", BODY),
    "pubDate": (f"{_DC}date", f"{_ATOM}published"),
    "lastBuildDate": (f"{_TERMS}modified",),
    "category": (f"{_DC}subject",),
    "author": (CREATOR, f"{_ATOM}author"),
    "managingEditor": (CREATOR,),
    "webMaster": (f"{_DC}publisher",),
    "copyright": (f"{_DC}rights",),
    "language": (f"{_DC}language",),
    "source": (f"{_DC}source",),
    "guid": (f"{_ATOM}id",),
    "generator": ("{http://webns.net/mvcb/}generatorAgent",),
}


def overlaps(page: Page) -> Iterator[Hit]:
    """Elements of Dublin Core or Atom that say what an element of RSS says."""
    for holder in page.all("channel", "item"):
        for name, twins in _OVERLAPS.items():
            twin = next((found for tag in twins if (found := holder.find(tag)) is not None), None)
            if twin is not None and holder.find(name) is not None:
                yield page.hit(twin, f"{holder.tag} has {name} and {name_of(twin)}: some readers double or lose one")


def two_creators(page: Page) -> Iterator[Hit]:
    """Items with several dc:creator."""
    for item in page.all("item"):
        for creator in item.findall(CREATOR)[1:2]:
            yield page.hit(creator, "the item has more than one dc:creator")


def no_language(page: Page) -> Iterator[Hit]:
    """Channels that do not say their language."""
    for channel in page.root.iterfind("channel"):
        if channel.find("language") is None and channel.find(f"{_DC}language") is None:
            yield page.hit(channel, "the channel does not say its language")


def extended(page: Page) -> Iterator[Hit]:
    """Elements of RSS with attributes of extensions."""
    for element in page.elements:
        if not split(str(element.tag))[0]:
            for attribute in map(str, element.attrib):
                if attribute[:1] == "{" and not attribute.startswith(XML):
                    yield page.hit(element, f"{element.tag} has the attribute {split(attribute)[1]} of an extension")


def named_references(page: Page) -> Iterator[Hit]:
    """Named references in plain text, which some readers take for markup."""
    lines = Lines(page.text)
    for match in _NAMED.finditer(page.text):
        if match[1] != "description":
            yield Hit(lines.at(match.start()), "", f"{match[1]} holds a named reference: {shown(match[2])}")


# ── for the rules of every format ───────────────────────────────────────────────────────────────


def plains(page: Page) -> list[Plain]:
    """List the plain texts: all but the description of an item."""
    found = []
    for element in core(
        page, *"title description category copyright generator managingEditor webMaster author".split()
    ):
        parent = element.getparent()
        if element.tag != "description" or (parent is not None and parent.tag != "item"):
            found.append(Plain(str(element.tag), text_of(element), line_of(element), page.label(element)))
    for element in page.all(CREATOR):
        found.append(Plain("dc:creator", text_of(element), line_of(element), page.label(element)))
    return found


def names(page: Page) -> list[Name]:
    """List the ids, addresses and categories."""
    kinds_of = {"guid": "id", "category": "term"} | dict.fromkeys(("link", "comments", "docs", "url"), "address")
    found = []
    for element in core(page, *kinds_of):
        name = kinds_of[str(element.tag)]
        found.append(Name(name, text_of(element).strip(), line_of(element), page.label(element)))
    for element in core(page, "enclosure", "source"):
        found.append(Name("address", element.get("url", ""), line_of(element), page.label(element)))
    return found


def fragments(page: Page) -> list[Fragment]:
    """List the HTML: descriptions of items, and content:encoded."""
    found = []
    for item in page.all("item"):
        for element in (*item.findall("description"), *item.findall(ENCODED)):
            text, line = text_of(element), line_of(element)
            found.append(Fragment(name_of(element), text, html.tags(text, line), line, page.label(element)))
        for body in item.findall(BODY):
            found.append(Fragment(name_of(body), "", list(xhtml_tags(body)), line_of(body), page.label(body)))
    return found


def stamps(page: Page) -> list[Stamp]:
    """List the dates."""
    found = []
    for element in core(page, "pubDate", "lastBuildDate"):
        text = text_of(element).strip()
        moment = dates.rfc822(text) or dates.loose_rfc822(text)
        parent = element.getparent()
        if moment:
            is_main = parent is not None and parent.tag == "item"
            found.append(Stamp(str(element.tag), moment, line_of(element), page.label(element), is_main))
    return found


_ADDRESS = "write an absolute URI in ASCII: percent-encode the rest, and hosts as xn--…"
_PERSON = "write user@example.org (Name), or use dc:creator, which holds a name alone"
_DATE = "write a date as Mon, 23 Nov 2026 09:30:00 +0000"

RULES: tuple[Rule[Page], ...] = (
    Rule("R01", "error", "rss has a version that there is", 'write version="2.0"', version),
    Rule("R01", "note", "The version is 2.0", "publish RSS 2.0, which has all that older versions have", old_version),
    Rule("R01", "error", "rss has one channel", "write one channel", channels),
    Rule("R02", "error", "A channel has title, link and description", "add the element", channel_elements),
    Rule("R02", "error", "Elements of RSS stand once where one may", "leave one", repeated),
    Rule("W3C-NotBlank", "warning", "No element is empty", "fill it, or leave it out", blank),
    Rule(
        "W3C-UndefinedElement",
        "error",
        "Elements in no namespace are those of RSS, in their place",
        "mend the name, or give the extension a namespace",
        strangers,
    ),
    Rule(
        "W3C-NotInANamespace",
        "error",
        "Extensions hold elements of a namespace",
        "give the element a namespace",
        in_extensions,
    ),
    Rule(
        "W3C-UnexpectedAttribute",
        "error",
        "Elements of RSS have the attributes of RSS",
        "mend the name, or leave it out",
        strange_attributes,
    ),
    Rule("W3C-UnexpectedText", "error", "No text stands between elements", "move the text into an element", stray_text),
    Rule(
        "R03",
        "warning",
        "Items stand behind all else in the channel",
        "move the element before the first item",
        items_early,
    ),
    Rule("R03", "warning", "description stands before content:encoded", "write a description first", encoded_first),
    Rule("R04", "error", "An item has a title or a description", "add a title", empty_items),
    Rule("R04", "warning", "An item has a guid", 'add <guid isPermaLink="false">, and never change it', no_guid),
    Rule("R04", "note", "An item has a title and a link", "add the element", incomplete, habit=True),
    Rule(
        "T11",
        "warning",
        "An item has a date",
        "add pubDate: readers take the time of fetching instead",
        undated,
        habit=True,
    ),
    Rule(
        "R05", "error", "A guid is not empty, and a permalink is a URL", 'write isPermaLink="false", or the URL', guids
    ),
    Rule("R05", "error", "isPermaLink is true or false", "mend the attribute", permalink_flag),
    Rule(
        "R05",
        "note",
        "A guid that is a permalink is the link",
        'write isPermaLink="false"',
        other_permalinks,
        habit=True,
    ),
    Rule("I06", "error", "No two items share a guid", "give each item its own guid", same_guids),
    Rule("I03", "warning", "A guid is unique in the world", "use a urn:uuid: or tag: URI", small_guids),
    Rule("R06", "error", "link, comments, docs and url are absolute URIs", _ADDRESS, addresses),
    Rule("R07", "error", "author, managingEditor and webMaster hold an e-mail address", _PERSON, people),
    Rule("R08", "warning", "People are written as user@example.org (Name)", _PERSON, people_forms),
    Rule(
        "R10",
        "note",
        "Plain text has numeric references",
        "write &#x26; for &amp;, and &#x3C; for &lt;",
        named_references,
        habit=True,
    ),
    Rule("R11", "error", "Text and HTML hold no elements", "escape the markup", children_in_text),
    Rule("R11", "error", "content:encoded holds no elements", "escape the markup", markup_in_encoded),
    Rule(
        "R13",
        "error",
        "ttl is a number of minutes",
        "write a whole number, or leave it out",
        lambda page: values(page, kinds.whole(1), "ttl"),
    ),
    Rule(
        "R13",
        "error",
        "Hours are numbers from 0 to 23",
        "write a whole number",
        lambda page: values(page, kinds.whole(0, 24), "hour"),
    ),
    Rule("R13", "warning", "Midnight is 0", "write 0 for 24", midnight),
    Rule(
        "R13",
        "error",
        "Days have English names",
        f"write one of {_DAYS}",
        lambda page: values(page, kinds.one_of(_DAYS), "day"),
    ),
    Rule("R13", "error", "Hours and days are skipped once, and at least one of them", "leave one", skipped),
    Rule(
        "R14",
        "error",
        "An image has url, title and link",
        "add the element",
        lambda page: parts(page, "image", "url title link"),
    ),
    Rule(
        "R14",
        "error",
        "An image is at most 144 wide",
        "write the true width, or leave it out",
        lambda page: values(page, kinds.whole(1, 144), "width"),
    ),
    Rule(
        "R14",
        "error",
        "An image is at most 400 high",
        "write the true height, or leave it out",
        lambda page: values(page, kinds.whole(1, 400), "height"),
    ),
    Rule(
        "R14", "warning", "An image has the channel's title and link", "copy them from the channel", image_like_channel
    ),
    Rule("R14", "warning", "An image is GIF, JPEG or PNG", "convert the image", image_kind),
    Rule("R15", "error", "A cloud has its five attributes", "add the attribute, or leave the cloud out", clouds),
    Rule(
        "R15",
        "error",
        "A textInput has its four elements",
        "add the element, or leave the textInput out",
        lambda page: parts(page, "textInput", "title description name link"),
    ),
    Rule(
        "R15",
        "error",
        "The name of a textInput is one of a form",
        "begin it with a letter",
        lambda page: _input_names(page),
    ),
    Rule("R15", "warning", "A channel has no textInput", "leave it out: no reader shows it", text_inputs),
    Rule(
        "R16", "error", "An enclosure has url, length and type", "write length in bytes, 0 if it is unknown", enclosures
    ),
    Rule("R16", "warning", "An item has one enclosure", "keep the first: readers take no other", two_enclosures),
    Rule(
        "R17",
        "note",
        "Images are media:content, not enclosures",
        "use media:content: an enclosure is for downloading",
        pictures_enclosed,
        habit=True,
    ),
    Rule("A17", "error", "A source has the url of a feed", "add url, or leave the source out", sources),
    Rule(
        "R18",
        "note",
        "A category is one word or phrase",
        "write one category each: some readers part them at commas",
        commas,
        habit=True,
    ),
    Rule("R19", "warning", "A channel names its own address", 'add <atom:link rel="self" href="…"/>', no_self),
    Rule("R20", "warning", "What RSS has is not said twice", "leave out the element of the extension", overlaps),
    Rule(
        "R07",
        "note",
        "An item has one dc:creator",
        "join the names: ten readers show one of two",
        two_creators,
        habit=True,
    ),
    Rule("L02", "note", "A channel says its language", "add language, such as en", no_language, habit=True),
    Rule(
        "W3C-UseOfExtensionAttr",
        "warning",
        "Elements of RSS have no attributes of extensions",
        "leave the attribute out",
        extended,
    ),
    Rule("T02", "error", "Dates are RFC 822", _DATE, bad_dates),
    Rule("T02", "error", "Dates name the right day of the week", "write the right day, or none", wrong_weekdays),
    Rule("T02", "warning", "Dates have a four-digit year, single spaces, English names and a zone", _DATE, odd_dates),
    Rule("T03", "note", "Dates name no zone but GMT", _DATE, zone_names, habit=True),
    Rule("L01", "error", "The language is a language tag (BCP 47)", "write a tag such as en or pt-BR", languages),
)


def _input_names(page: Page) -> Iterator[Hit]:
    for element in page.all("textInput"):
        for name in element.iterfind("name"):
            wrong = kinds.pattern(r"[A-Za-z][A-Za-z0-9:._-]*", "name of a form's field")(text_of(name))
            if wrong:
                yield page.hit(name, f"name {wrong}: {shown(text_of(name))}")
