"""The namespaces that feeds are extended by: their addresses, usual prefixes, elements and attributes.

Tables, and the rules that read them. The same for RSS and Atom.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from feedpub.check import _kinds as kinds
from feedpub.check._finding import Hit, Rule, shown
from feedpub.check._kinds import Kind, any_text, one_of, whole
from feedpub.check._xml import Element, Tree, name_of, split, text_of
from feedpub.check.namespaces import MEDIA, PREFIXES, RDF


class Leaf(NamedTuple):
    """What an extension element may hold, whether only once, and its attributes: those with a star are required."""

    kind: Kind = any_text
    once: bool = False
    attributes: dict[str, Kind] = {}  # noqa: RUF012 - never changed


def _same(names: str, leaf: Leaf) -> dict[str, Leaf]:
    return dict.fromkeys(names.split(), leaf)


_ANY = Leaf()
_TEXT = Leaf(once=True)
_URI = Leaf(kinds.uri, once=True)
_COUNT = Leaf(whole(0), once=True)
_DATE = Leaf(kinds.w3c_date, once=True)
_LATITUDE = Leaf(kinds.number(-90, 90))
_LONGITUDE = Leaf(kinds.number(-180, 180))
_TYPED = {"type": kinds.exactly("plain html")}
_CLOCK = kinds.pattern(r"(?:(?:\d+:)?[0-5]\d:[0-5]\d|\d+)(?:\.\d+)?|now|npt:.*", "time (RFC 2326)")
_YES = one_of("yes no")
_CLEAN = one_of("yes no clean true false explicit")
_SIZE = {"width": whole(1), "height": whole(1)}


def _at_most(length: int) -> Kind:
    return lambda text: "" if len(text) <= length else f"is longer than {length} characters"


DESCRIBED: dict[str, dict[str, Leaf]] = {  # namespaces of which all elements are known, by prefix
    "dc": _same("title description type format source rights", _TEXT)
    | _same("creator subject publisher contributor identifier relation coverage", _ANY)
    | {"date": Leaf(kinds.w3c_date), "language": Leaf(kinds.language, once=True)},
    "content": {"encoded": _TEXT, "items": _TEXT, "item": _ANY, "format": _ANY, "encoding": _ANY},
    "slash": _same("section department", _ANY)
    | {"comments": _COUNT, "hit_parade": Leaf(kinds.pattern(r"\d++(?:\s*+,\s*+\d++)*+", "list of numbers"), once=True)},
    "sy": {
        "updatePeriod": Leaf(kinds.exactly("hourly daily weekly monthly yearly"), once=True),
        "updateFrequency": Leaf(whole(1), once=True),
        "updateBase": _DATE,
    },
    "creativeCommons": {"license": Leaf(kinds.uri)},
    "wfw": _same("comment commentRss commentRSS", _URI),
    "trackback": {"ping": _URI, "about": Leaf(kinds.uri)},
    "admin": _same("generatorAgent errorReportsTo", Leaf(once=True, attributes={"{" + RDF + "}resource*": kinds.uri})),
    "blogChannel": _same("blogRoll mySubscriptions blink changes", _URI),
    "geo": {"lat": _LATITUDE, "long": _LONGITUDE, "alt": Leaf(kinds.number(-1e9, 1e9)), "Point": _ANY},
    "geourl": {"latitude": _LATITUDE, "longitude": _LONGITUDE},
    "icbm": {"latitude": _LATITUDE, "longitude": _LONGITUDE},
    "georss": {
        "point": Leaf(kinds.numbers(2)),
        "box": Leaf(kinds.numbers(4)),
        "line": Leaf(kinds.numbers(4)),
        "polygon": Leaf(kinds.numbers(8)),
        "where": _ANY,
        "elev": Leaf(kinds.number(-1e9, 1e9)),
        "floor": Leaf(whole(-1000, 1000)),
        "radius": Leaf(kinds.number(0, 1e9)),
    }
    | _same("featuretypetag featureTypeTag relationshiptag relationshipTag featurename featureName circle", _ANY),
    "fh": {"archive": _TEXT, "complete": _TEXT},
    "thr": {
        "in-reply-to": Leaf(
            attributes={"ref*": kinds.iri, "href": kinds.reference, "source": kinds.iri, "type": kinds.media_type}
        ),
        "total": _COUNT,
        "children": _ANY,
    },
    "at": {
        "deleted-entry": Leaf(attributes={"ref*": kinds.iri, "when*": kinds.rfc3339_date}),
        "by": _ANY,
        "comment": _ANY,
    },
    "media": {
        "group": _ANY,
        "content": Leaf(
            attributes={
                "url": kinds.uri,
                "fileSize": whole(1),
                "type": kinds.media_type,
                "medium": kinds.exactly("image audio video document executable"),
                "isDefault": kinds.exactly("true false"),
                "expression": kinds.exactly("sample full nonstop"),
                "bitrate": whole(1),
                "framerate": kinds.number(0, 1e6),
                "samplingrate": kinds.number(0, 1e9),
                "channels": whole(0),
                "duration": kinds.number(0, 1e9),
                "lang": kinds.language,
            }
            | _SIZE
        ),
        "adult": Leaf(kinds.exactly("true false")),
        "rating": Leaf(attributes={"scheme": any_text}),
        "title": Leaf(once=True, attributes=_TYPED),
        "description": Leaf(once=True, attributes=_TYPED),
        "keywords": _TEXT,
        "thumbnail": Leaf(attributes={"url*": kinds.uri, "time": _CLOCK} | _SIZE),
        "category": Leaf(attributes={"scheme": kinds.iri, "label": any_text}),
        "hash": Leaf(attributes={"algo": kinds.exactly("md5 sha-1")}),
        "player": Leaf(once=True, attributes={"url*": kinds.uri} | _SIZE),
        "credit": Leaf(attributes={"role": kinds.pattern("[^A-Z]*", "role in small letters"), "scheme": kinds.iri}),
        "copyright": Leaf(once=True, attributes={"url": kinds.uri}),
        "text": Leaf(attributes=_TYPED | {"lang": kinds.language, "start": _CLOCK, "end": _CLOCK}),
        "restriction": Leaf(
            attributes={
                "relationship*": kinds.exactly("allow deny"),
                "type": kinds.exactly("country uri sharing"),
            }
        ),
    }
    | _same(
        "community starRating statistics tags comments comment embed param responses response backLinks backLink "
        "status price license subTitle peerLink location rights scenes scene sceneTitle sceneDescription "
        "sceneStartTime sceneEndTime",
        _ANY,
    ),
    "itunes": {
        "author": _TEXT,
        "block": Leaf(_CLEAN, once=True),
        "category": Leaf(attributes={"text*": kinds.not_empty}),
        "image": Leaf(once=True, attributes={"href*": kinds.http}),
        "duration": Leaf(kinds.pattern(r"\d+(?::[0-5]?\d){0,2}", "duration"), once=True),
        "explicit": Leaf(kinds.exactly("true false"), once=True),
        "keywords": Leaf(_at_most(255), once=True),
        "new-feed-url": _URI,
        "owner": _TEXT,
        "name": _TEXT,
        "email": Leaf(kinds.address, once=True),
        "subtitle": Leaf(_at_most(255), once=True),
        "summary": Leaf(_at_most(4000), once=True),
        "episode": Leaf(whole(1), once=True),
        "season": Leaf(whole(1), once=True),
        "episodeType": Leaf(one_of("full trailer bonus"), once=True),
        "type": Leaf(one_of("episodic serial"), once=True),
        "title": _TEXT,
        "order": Leaf(whole(0), once=True),
        "isClosedCaptioned": Leaf(_YES, once=True),
        "complete": Leaf(_YES, once=True),
        "link": _ANY,
        "pubDate": _TEXT,
    },
    "feedburner": _same("awareness origLink origEnclosureLink feedburnerHostname", _URI)
    | _same("browserFriendly emailServiceId", _TEXT)
    | {"feedFlare": Leaf(attributes={"href": kinds.reference, "src": kinds.reference}), "info": _ANY},
}
_TEXT_ONLY = frozenset("dc slash sy wfw trackback blogChannel creativeCommons geourl icbm fh".split())
_FREE = frozenset(("at", "georss", "media", "feedburner"))  # may have attributes that the tables do not list


class _Described(NamedTuple):
    """All elements of one name in a namespace whose elements are known."""

    elements: list[Element]
    tag: str
    prefix: str  # the usual one
    leaf: Leaf | None  # none when the namespace has no such element


def _described(tree: Tree) -> Iterator[_Described]:
    for tag, elements in tree.by_tag.items():
        namespace, name = split(tag)
        prefix = PREFIXES.get(namespace, "")
        if prefix in DESCRIBED:
            yield _Described(elements, tag, prefix, DESCRIBED[prefix].get(name))


def unknown_elements(tree: Tree) -> Iterator[Hit]:
    """Elements that a known namespace does not have."""
    for kind in _described(tree):
        for element in kind.elements if kind.leaf is None else ():
            yield tree.hit(element, f"{name_of(element)} does not exist in its namespace")


def repeated_elements(tree: Tree) -> Iterator[Hit]:
    """Extension elements that stand twice in one place where only one may."""
    for kind in _described(tree):
        for element in tree.again(kind.tag) if kind.leaf and kind.leaf.once else ():
            yield tree.hit(element, f"{name_of(element)} stands here twice")


def children_in_text(tree: Tree) -> Iterator[Hit]:
    """Elements within extension elements that hold text."""
    if tree.root.tag == f"{{{RDF}}}RDF":
        return
    holders = {parent for parent, _ in tree.places}
    for kind in _described(tree):
        for element in kind.elements if kind.prefix in _TEXT_ONLY and kind.tag in holders else ():
            if len(element):
                yield tree.hit(element[0], f"{name_of(element)} holds the element {name_of(element[0])}")


def bad_values(tree: Tree) -> Iterator[Hit]:
    """Extension elements that hold something else than they should."""
    is_rdf = tree.root.tag == f"{{{RDF}}}RDF"
    for elements, _, _, leaf in _described(tree):
        if leaf is None or leaf.kind is any_text:
            continue
        for element in elements:
            text = text_of(element)
            wrong = leaf.kind(text.strip())
            if wrong and not (is_rdf and element.get(f"{{{RDF}}}resource") is not None):
                yield tree.hit(element, f"{name_of(element)} {wrong}: {shown(text)}")


def bad_attributes(tree: Tree) -> Iterator[Hit]:
    """Extension elements that lack an attribute, or have one with a wrong value."""
    for elements, _, _, leaf in _described(tree):
        for element, (wanted, kind) in product(elements, leaf.attributes.items() if leaf else ()):
            key = wanted.rstrip("*")
            value = element.get(key)
            if value is None:
                if wanted.endswith("*"):
                    yield tree.hit(element, f"{name_of(element)} has no {split(key)[1]}")
            elif wrong := kind(value):
                yield tree.hit(element, f"{split(key)[1]} of {name_of(element)} {wrong}: {shown(value)}")


def unknown_attributes(tree: Tree) -> Iterator[Hit]:
    """Extension elements with an attribute that they do not have."""
    for elements, _, prefix, leaf in _described(tree):
        if leaf is None or prefix in _FREE:
            continue
        known = {key.rstrip("*") for key in leaf.attributes}
        for element in elements:
            for attribute in tree.attributes.get(element, ()):
                if attribute[:1] != "{" and attribute not in known:
                    yield tree.hit(element, f"{name_of(element)} has no attribute {attribute}")


# ── namespaces ──────────────────────────────────────────────────────────────────────────────────


def single_groups(tree: Tree) -> Iterator[Hit]:
    """Media groups with fewer than two renditions of one thing."""
    for group in tree.all(f"{{{MEDIA}}}group"):
        if len(group.findall(f"{{{MEDIA}}}content")) < 2:
            yield tree.hit(group, "media:group holds fewer than two media:content")


def no_media_source(tree: Tree) -> Iterator[Hit]:
    """Media without an address of their own or a player."""
    for content in tree.all(f"{{{MEDIA}}}content"):
        player = f"{{{MEDIA}}}player"
        around = (content, content.getparent())
        if content.get("url") is None and all(place is None or place.find(player) is None for place in around):
            yield tree.hit(content, "media:content has neither url nor media:player")


RULES: tuple[Rule[Tree], ...] = (
    Rule(
        "E07",
        "error",
        "A known namespace is used with the elements that it has",
        "mend the name, or leave the element out",
        unknown_elements,
    ),
    Rule("E07", "error", "An extension element that stands once does so", "leave one", repeated_elements),
    Rule("E07", "error", "Extension elements that hold text have no children", "leave the child out", children_in_text),
    Rule("E07", "error", "Extension elements hold what they should", "mend the value, or leave it out", bad_values),
    Rule(
        "E07",
        "error",
        "Extension elements have their attributes, with right values",
        "mend the attribute",
        bad_attributes,
    ),
    Rule(
        "E07",
        "error",
        "Extension elements have no attributes but their own",
        "leave the attribute out",
        unknown_attributes,
    ),
    Rule(
        "E01",
        "error",
        "A media:group holds at least two renditions",
        "put a single media:content into the entry itself",
        single_groups,
    ),
    Rule("E01", "error", "media:content has a url or a player", "name the file in url", no_media_source),
)
