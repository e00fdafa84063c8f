"""The rules of what the elements of RSS hold: people, dates, addresses, numbers, the channel's image and the like.

Takes a tree, gives hits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from feedpub import urls
from feedpub.check import _kinds as kinds
from feedpub.check import dates
from feedpub.check._finding import Hit, Rule, shown
from feedpub.check._kinds import Kind
from feedpub.check._xml import Tree, text_of
from feedpub.check.namespaces import DC
from feedpub.check.rss import ATTRIBUTES, core, filled_text

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_PICTURE = re.compile(r"\.(?:gif|jpe?g|png)$", re.IGNORECASE)
_EXTENSION = re.compile(r"\.\w{1,5}$")


def people(tree: Tree) -> Iterator[Hit]:
    """People without an e-mail address."""
    for person in core(tree, "author", "managingEditor", "webMaster"):
        text = unquote(text_of(person).strip().removeprefix("mailto:"))
        named = kinds.is_named_address(text)
        if not named and (text.find("@") <= 0 or (text.endswith(")") and kinds.address(text.partition(" ")[0]))):
            yield tree.hit(person, f"{person.tag} holds no e-mail address: {shown(text)}")


def people_forms(tree: Tree) -> Iterator[Hit]:
    """People in another form than address and name."""
    for person in core(tree, "author", "managingEditor", "webMaster"):
        text = text_of(person).strip()
        if text.find("@") > 0 and not kinds.is_named_address(text):
            yield tree.hit(person, f"{person.tag} is not of the form user@example.org (Name): {shown(text)}")


def bad_dates(tree: Tree) -> Iterator[Hit]:
    """Dates that are none."""
    for element in core(tree, "pubDate", "lastBuildDate"):
        text = text_of(element).strip()
        if not dates.rfc822(text) and not dates.loose_rfc822(text):
            yield tree.hit(element, f"{element.tag} is no RFC 822 date: {shown(text)}")


def wrong_weekdays(tree: Tree) -> Iterator[Hit]:
    """Dates that name another day of the week."""
    for element in core(tree, "pubDate", "lastBuildDate"):
        right = dates.wrong_weekday(text_of(element).strip())
        if right:
            yield tree.hit(element, f"{element.tag} was a {right}: {shown(text_of(element))}")


def odd_dates(tree: Tree) -> Iterator[Hit]:
    """Dates that RFC 822 allows and readers misunderstand."""
    for element in core(tree, "pubDate", "lastBuildDate"):
        text = text_of(element).strip()
        if not dates.rfc822(text) and dates.loose_rfc822(text):
            yield tree.hit(element, f"some readers misunderstand {element.tag}: {shown(text)}")


def zone_names(tree: Tree) -> Iterator[Hit]:
    """Dates with the name of a zone."""
    for element in core(tree, "pubDate", "lastBuildDate"):
        if re.search(r" (?:[ECMP][SD]T|UT|Z)$", text_of(element).strip()):
            yield tree.hit(element, f"{element.tag} names a zone: {shown(text_of(element))}")


def addresses(tree: Tree) -> Iterator[Hit]:
    """Addresses that are no absolute URIs."""
    for element in core(tree, "link", "comments", "docs", "url"):
        wrong = urls.bad_uri(text_of(element).strip())
        if wrong:
            yield tree.hit(element, f"{element.tag} {wrong}: {shown(text_of(element))}")


def languages(tree: Tree) -> Iterator[Hit]:
    """Languages that are none."""
    for element in core(tree, "language"):
        text = text_of(element).strip()
        if kinds.language(text):
            yield tree.hit(element, f"language is no language tag: {shown(text)}")


def values(tree: Tree, kind: Kind, *names: str) -> Iterator[Hit]:
    """Elements of RSS whose text is not of a kind."""
    for element in core(tree, *names):
        wrong = kind(text_of(element))
        if wrong:
            yield tree.hit(element, f"{element.tag} {wrong}: {shown(text_of(element))}")


def midnight(tree: Tree) -> Iterator[Hit]:
    """Midnight as the 24th hour."""
    for hour in core(tree, "hour"):
        if text_of(hour).strip() == "24":
            yield tree.hit(hour, "midnight is the hour 0")


def skipped(tree: Tree) -> Iterator[Hit]:
    """Hours and days that are skipped twice, or more than there are."""
    for holder, name, most in (("skipHours", "hour", 24), ("skipDays", "day", 7)):
        for skip in core(tree, holder):
            found = [text_of(part).strip() for part in skip.findall(name)]
            found = ["0" if text == "24" else text for text in found]
            if not found:
                yield tree.hit(skip, f"{holder} has no {name}")
            if len(found) > most:
                yield tree.hit(skip, f"{holder} has {len(found)} entries, and there are {most}")
            elif len(set(found)) < len(found):
                yield tree.hit(skip, f"{holder} names a {name} twice")


def clouds(tree: Tree) -> Iterator[Hit]:
    """Clouds that lack something."""
    for cloud in core(tree, "cloud"):
        for name in sorted(ATTRIBUTES["cloud"]):
            if cloud.get(name) is None:
                yield tree.hit(cloud, f"the cloud has no {name}")
        wrong = kinds.whole(1, 65535)(cloud.get("port", "1"))
        if wrong:
            yield tree.hit(cloud, f"port of the cloud {wrong}: {shown(cloud.get('port', ''))}")


def parts(tree: Tree, holder: str, names: str) -> Iterator[Hit]:
    """Elements that lack a part."""
    for element in core(tree, holder):
        for name in names.split():
            if element.find(name) is None:
                yield tree.hit(element, f"{holder} has no {name}")


def input_names(tree: Tree) -> Iterator[Hit]:
    """Names of form fields that are none."""
    for element in tree.all("textInput"):
        for name in element.iterfind("name"):
            wrong = kinds.pattern(r"[A-Za-z][A-Za-z0-9:._-]*", "name of a form's field")(text_of(name))
            if wrong:
                yield tree.hit(name, f"name {wrong}: {shown(text_of(name))}")


def image_like_channel(tree: Tree) -> Iterator[Hit]:
    """Images with another title or link than the channel."""
    for channel in tree.root.iterfind("channel"):
        image = channel.find("image")
        for name in ("title", "link"):
            if (
                image is not None
                and image.find(name) is not None
                and filled_text(image, name) != filled_text(channel, name)
            ):
                yield tree.hit(image, f"{name} of the image differs from that of the channel")


def image_kind(tree: Tree) -> Iterator[Hit]:
    """Images of a kind that RSS does not have."""
    for image in core(tree, "image"):
        path = filled_text(image, "url").partition("?")[0].rpartition("/")[2]
        if _EXTENSION.search(path) and not _PICTURE.search(path):
            yield tree.hit(image, f"the image is neither GIF, JPEG nor PNG: {shown(path)}")


def text_inputs(tree: Tree) -> Iterator[Hit]:
    """Forms, which no reader shows."""
    for element in core(tree, "textInput"):
        yield tree.hit(element, "the channel has a textInput")


def no_self(tree: Tree) -> Iterator[Hit]:
    """Channels that do not name their own address."""
    for channel in tree.root.iterfind("channel"):
        found = channel.findall("{http://www.w3.org/2005/Atom}link")
        if tree.root.get("version") == "2.0" and all(link.get("rel") != "self" for link in found):
            yield tree.hit(channel, "the channel has no atom:link of rel self")


def no_language(tree: Tree) -> Iterator[Hit]:
    """Channels that do not say their language."""
    for channel in tree.root.iterfind("channel"):
        if channel.find("language") is None and channel.find(f"{{{DC}}}language") is None:
            yield tree.hit(channel, "the channel does not say its language")


_ADDRESS = "write an absolute URI in ASCII: percent-encode the rest, and hosts as xn--…"
_PERSON = "write user@example.org (Name), or use dc:creator, which holds a name alone"
_DATE = "write a date as Mon, 23 Nov 2026 09:30:00 +0000"

RULES: tuple[Rule[Tree], ...] = (
    Rule("R06", "error", "link, comments, docs and url are absolute URIs", _ADDRESS, addresses),
    Rule("R07", "error", "author, managingEditor and webMaster hold an e-mail address", _PERSON, people),
    Rule("R08", "warning", "People are written as user@example.org (Name)", _PERSON, people_forms),
    Rule(
        "R13",
        "error",
        "ttl is a number of minutes",
        "write a whole number, or leave it out",
        lambda tree: values(tree, kinds.whole(1), "ttl"),
    ),
    Rule(
        "R13",
        "error",
        "Hours are numbers from 0 to 23",
        "write a whole number",
        lambda tree: values(tree, kinds.whole(0, 24), "hour"),
    ),
    Rule("R13", "warning", "Midnight is 0", "write 0 for 24", midnight),
    Rule(
        "R13",
        "error",
        "Days have English names",
        f"write one of {_DAYS}",
        lambda tree: values(tree, kinds.one_of(_DAYS), "day"),
    ),
    Rule("R13", "error", "Hours and days are skipped once, and at least one of them", "leave one", skipped),
    Rule(
        "R14",
        "error",
        "An image has url, title and link",
        "add the element",
        lambda tree: parts(tree, "image", "url title link"),
    ),
    Rule(
        "R14",
        "error",
        "An image is at most 144 wide",
        "write the true width, or leave it out",
        lambda tree: values(tree, kinds.whole(1, 144), "width"),
    ),
    Rule(
        "R14",
        "error",
        "An image is at most 400 high",
        "write the true height, or leave it out",
        lambda tree: values(tree, kinds.whole(1, 400), "height"),
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
        lambda tree: parts(tree, "textInput", "title description name link"),
    ),
    Rule(
        "R15",
        "error",
        "The name of a textInput is one of a form",
        "begin it with a letter",
        input_names,
    ),
    Rule("R15", "warning", "A channel has no textInput", "leave it out: no reader shows it", text_inputs),
    Rule("R19", "warning", "A channel names its own address", 'add <atom:link rel="self" href="…"/>', no_self),
    Rule("L02", "note", "A channel says its language", "add language, such as en", no_language, habit=True),
    Rule("T02", "error", "Dates are RFC 822", _DATE, bad_dates),
    Rule("T02", "error", "Dates name the right day of the week", "write the right day, or none", wrong_weekdays),
    Rule("T02", "warning", "Dates have a four-digit year, single spaces, English names and a zone", _DATE, odd_dates),
    Rule("T03", "note", "Dates name no zone but GMT", _DATE, zone_names, habit=True),
    Rule("L01", "error", "The language is a language tag (BCP 47)", "write a tag such as en or pt-BR", languages),
)
