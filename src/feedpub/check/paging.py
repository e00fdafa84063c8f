"""The rules of feeds in pages, and of their archives (RFC 5005), in Atom and in RSS.

Takes a tree, gives hits.
"""

from __future__ import annotations

from collections.abc import Iterator

from feedpub.check._finding import Hit, Rule
from feedpub.check._xml import Tree
from feedpub.check.links import PAGED, A, links, relation
from feedpub.check.namespaces import HISTORY


def history(tree: Tree) -> Iterator[Hit]:
    """Links that contradict what a feed says of its history (RFC 5005)."""
    for feed in tree.all(A + "feed", "channel"):
        whole = feed.find(f"{{{HISTORY}}}complete") is not None
        by_relation = {relation(link): link for link in links(feed)}
        here = by_relation["self"].get("href") if "self" in by_relation else None
        for kind in sorted(PAGED & by_relation.keys()):
            link = by_relation[kind]
            if whole and (kind != "current" or link.get("href") != here):
                yield tree.hit(link, f"the feed is complete, and yet has a link of rel {kind}")
        for end, beyond in (("first", "previous"), ("last", "next")):
            if end in by_relation and beyond in by_relation and by_relation[end].get("href") == here is not None:
                yield tree.hit(by_relation[beyond], f"this is the {end} page, and yet has a link of rel {beyond}")


def mixed_paging(tree: Tree) -> Iterator[Hit]:
    """Feeds that are paged and archived at once: nobody can tell what the whole would be."""
    for feed in tree.all(A + "feed", "channel"):
        found = {relation(link) for link in links(feed)}
        if found & {"prev-archive", "next-archive"} and found & {"previous", "next", "first", "last"}:
            yield tree.hit(feed, "the feed has links of a paged and of an archived feed")


def archives(tree: Tree) -> Iterator[Hit]:
    """Archives from which no link leads on: to the current feed, which the only page of an archive has alone."""
    for feed in tree.all(A + "feed", "channel"):
        if feed.find(f"{{{HISTORY}}}archive") is None or feed.find(f"{{{HISTORY}}}complete") is not None:
            continue
        found = {relation(link) for link in links(feed)}
        if "current" not in found:
            yield tree.hit(feed, "the archive does not link to the current feed")


RULES: tuple[Rule[Tree], ...] = (
    Rule("P08", "error", "A complete feed has no further pages, and an end none beyond", "leave the link out", history),
    Rule("P01", "warning", "A feed is paged or archived, not both", "keep the links of one kind", mixed_paging),
    Rule(
        "P03",
        "warning",
        "An archive links to its neighbours and to the current feed",
        "add the links of RFC 5005",
        archives,
    ),
)
