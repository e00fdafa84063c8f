"""The namespaces of feeds and of what extends them: addresses, usual prefixes, and the rules of declaring them.

Takes a tree, gives hits.
"""

from __future__ import annotations

from collections.abc import Iterator

from feedpub.check import _kinds as kinds
from feedpub.check._finding import Hit, Rule, shown
from feedpub.check._xml import XML, Tree

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
THREAD = "http://purl.org/syndication/thread/1.0"
MEDIA = "http://search.yahoo.com/mrss/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
HISTORY = "http://purl.org/syndication/history/1.0"
PREFIXES = {  # address: usual prefix
    ATOM: "atom",
    XHTML: "xhtml",
    RDF: "rdf",
    THREAD: "thr",
    MEDIA: "media",
    CONTENT: "content",
    DC: "dc",
    HISTORY: "fh",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/atompub/tombstones/1.0": "at",
    "http://www.w3.org/2007/app": "app",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "http://backend.userland.com/creativeCommonsRssModule": "creativeCommons",
    "http://web.resource.org/cc/": "cc",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://madskills.com/public/xml/rss/module/trackback/": "trackback",
    "http://webns.net/mvcb/": "admin",
    "http://www.georss.org/georss": "georss",
    "http://www.opengis.net/gml": "gml",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://geourl.org/rss/module/": "geourl",
    "http://postneo.com/icbm": "icbm",
    "http://backend.userland.com/blogChannelModule": "blogChannel",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://a9.com/-/spec/opensearch/1.1/": "opensearch",
    "http://a9.com/-/spec/opensearchrss/1.0/": "opensearch",
    "https://source.scripting.com/": "source",
    "http://source.scripting.com/": "source",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "mathml",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://www.rssboard.org/media-rss": "media",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "http://base.google.com/ns/1.0": "g",
    "http://purl.org/rss/1.0/": "rss1",
}
NEARLY = {uri.rstrip("/#").lower().replace("https:", "http:"): uri for uri in PREFIXES}


def nearly(tree: Tree) -> Iterator[Hit]:
    """Namespaces that differ from a known one by https, a slash or a capital: readers compare them letter by letter."""
    for element, _, address in tree.declared:
        known = NEARLY.get(address.rstrip("/#").lower().replace("https:", "http:"))
        if address not in PREFIXES and known and known != MEDIA:
            yield tree.hit(element, f"the namespace {address[:80]} is not {known}")


def media_namespace(tree: Tree) -> Iterator[Hit]:
    """Media RSS without the slash at the end of its namespace."""
    for element, _, address in tree.declared:
        if address != MEDIA and NEARLY.get(address.rstrip("/#").lower().replace("https:", "http:")) == MEDIA:
            yield tree.hit(element, f"the namespace of Media RSS is {MEDIA}, and not {address[:80]}")


def taken_prefixes(tree: Tree) -> Iterator[Hit]:
    """Usual prefixes that are used for something else."""
    usual = set(PREFIXES.values())
    for element, prefix, address in tree.declared:
        if prefix in usual and PREFIXES.get(address) != prefix:
            yield tree.hit(element, f"the prefix {prefix} stands for {address[:80]}")


def odd_prefixes(tree: Tree) -> Iterator[Hit]:
    """Known namespaces under another prefix than the usual one."""
    for element, prefix, address in tree.declared:
        usual = PREFIXES.get(address)
        if usual and prefix and prefix != usual:
            yield tree.hit(element, f"{address} has the prefix {prefix} instead of {usual}")


def unknown_namespaces(tree: Tree) -> Iterator[Hit]:
    """Namespaces that feedpub does not know: whatever stands in them is not looked at."""
    for element, _, address in tree.declared:
        if (
            address not in PREFIXES
            and address.rstrip("/#").lower().replace("https:", "http:") not in NEARLY
            and address != XML[1:-1]
        ):
            yield tree.hit(element, f"feedpub does not know the namespace {address[:80]}")


def bad_language(tree: Tree) -> Iterator[Hit]:
    """Values of xml:lang that are no language tags."""
    for element in tree.attributes:
        tag = element.get(f"{XML}lang")
        if tag and kinds.language(tag):
            yield tree.hit(element, f"xml:lang {kinds.language(tag)}: {shown(tag)}")


_AS_NAMESPACE = "write the namespace exactly as its specification prints it"

RULES: tuple[Rule[Tree], ...] = (
    Rule(
        "X08",
        "error",
        "Namespaces are spelled exactly: a slash, a capital or https: makes another one",
        _AS_NAMESPACE,
        nearly,
    ),
    Rule("E01", "error", "The namespace of Media RSS ends in a slash", _AS_NAMESPACE, media_namespace),
    Rule(
        "X08",
        "warning",
        "A usual prefix stands for its usual namespace",
        "choose another prefix",
        taken_prefixes,
        habit=True,
    ),
    Rule(
        "X08",
        "note",
        "A known namespace has its usual prefix",
        "some readers look at the prefix: use the usual one",
        odd_prefixes,
        habit=True,
    ),
    Rule(
        "W3C-UnknownNamespace",
        "note",
        "Namespaces are known",
        "nothing, if the namespace is the right one",
        unknown_namespaces,
    ),
    Rule("L01", "error", "xml:lang is a language tag (BCP 47)", "write a tag such as en or pt-BR", bad_language),
)
