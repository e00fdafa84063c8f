"""The image that an article leads with, in every format."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest
from lxml import etree
from msgspec.structs import replace

from feedpub.model import Channel, Entry, Feed, Metadata
from feedpub.renderers import RENDERERS, render
from feedpub.renderers._image import Image, lead_image

MORNING = datetime(2025, 4, 28, 9, tzinfo=UTC)
SITE = "https://example.org/"
CHANNEL = Channel("", "urn:uuid:1", "Morning Wire", "World and local news", SITE, SITE, SITE)
ENTRY = Entry("urn:uuid:2", f"{SITE}2025/wall", MORNING, MORNING, "f", "d", None, Metadata(title="The wall"))
URL = "https://example.org/wall.jpg"
MEDIA = "{http://search.yahoo.com/mrss/}"


def rendered(name: str, *bodies: str, channel: Channel = CHANNEL) -> bytes:
    by_guid = {f"urn:uuid:{number}": body for number, body in enumerate(bodies)}
    entries = tuple(replace(ENTRY, guid=guid) for guid in by_guid)
    return render(Feed(channel, entries), by_guid.__getitem__, name).data


@pytest.mark.parametrize(
    ("html", "image"),
    [
        (f'<img src="{URL}">', Image(URL, "image/jpeg")),
        (f"<p>Text</p><img alt='a > b' src='{URL}' width='800' height=600 />", Image(URL, "image/jpeg", 800, 600)),
        (f"<img\nsrc={URL}>", Image(URL, "image/jpeg")),
        (f'<img src="{URL}?a=1&amp;b=2" width="100%">', Image(f"{URL}?a=1&b=2", "image/jpeg")),
        ('<img src="HTTP://Example.org/ü.PNG">', Image("http://example.org/%C3%BC.PNG", "image/png")),
        ('<img src="https://example.org/image/42">', Image("https://example.org/image/42")),
        (f'<img data-src="{SITE}no.jpg" src="{URL}">', Image(URL, "image/jpeg")),
        (f'<img alt="src=\'{SITE}no.jpg\'" src="{URL}">', Image(URL, "image/jpeg")),
        (f'<img src="{SITE}pixel.gif" width="1" height="1"><img src="{URL}">', Image(URL, "image/jpeg")),
        (f'<img src="/wall.jpg"><img src="data:image/png;base64,x"><img src="{URL}">', Image(URL, "image/jpeg")),
        (f'<img src="{URL}"><img src="{SITE}second.png">', Image(URL, "image/jpeg")),
        ("<p>Text</p>", None),
        (f'<p>&lt;img src="{URL}"&gt;</p>', None),
        (f'<imgs src="{URL}">', None),
        ('<img alt="">', None),
        ('<img src="">', None),
        ("<img", None),
    ],
)
def test_E01_the_lead_image_is_the_first_that_can_be_seen(html: str, image: Image | None) -> None:
    assert lead_image(html) == image


@pytest.mark.parametrize("scrap", ["<img ", "<img '", '<img "', "a", " ", "a=", "a =", "<img a='", "<img src=x "])
def test_a_long_text_takes_no_long_time(scrap: str) -> None:
    html = "<img " + scrap * (300_000 // len(scrap))
    began = time.process_time()
    lead_image(html)
    lead_image(f"{html}>")
    assert time.process_time() - began < 1


def test_E01_rss_and_atom_carry_the_image_in_the_entry_itself() -> None:
    for name, path in (("rss", "channel/item"), ("atom", "{*}entry")):
        document = rendered(name, f'<img src="{URL}" width="800" height="600" alt="">', "<p>Text</p>")
        with_image, without = etree.fromstring(document).iterfind(path)
        (content,) = with_image.iterfind(f"{MEDIA}content")
        known = {"url": URL, "medium": "image", "type": "image/jpeg", "width": "800", "height": "600"}
        assert dict(content.attrib) == known
        assert without.find(f"{MEDIA}content") is None
        assert b"media:group" not in document
        assert b"thumbnail" not in document


def test_R17_an_image_is_no_enclosure() -> None:
    assert b"enclosure" not in rendered("rss", f'<img src="{URL}">') + rendered("atom", f'<img src="{URL}">')
    assert b"attachments" not in rendered("json", f'<img src="{URL}">')


def test_E01_what_is_not_known_of_an_image_is_not_said() -> None:
    for name in ("rss", "atom"):
        (content,) = etree.fromstring(rendered(name, '<img src="https://example.org/42">')).iter(f"{MEDIA}content")
        assert dict(content.attrib) == {"url": "https://example.org/42", "medium": "image"}


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_X08_the_namespace_of_media_is_declared_on_the_root_if_it_is_used(name: str) -> None:
    used = etree.fromstring(rendered(name, "<p>Text</p>", f'<img src="{URL}">')).nsmap
    assert used["media"] == "http://search.yahoo.com/mrss/"
    assert "media" not in etree.fromstring(rendered(name, "<p>Text</p>")).nsmap


def test_json_names_the_image() -> None:
    with_image, without = json.loads(rendered("json", f'<img src="{URL}">', "<p>Text</p>"))["items"]
    assert with_image["image"] == URL
    assert "image" not in without


@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_a_feed_of_summaries_shows_no_image(name: str) -> None:
    channel = replace(CHANNEL, content="summary")
    assert URL.encode() not in rendered(name, f'<img src="{URL}">', channel=channel)
