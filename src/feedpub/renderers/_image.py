"""Find the image that an article leads with (E01, R17).

Takes an article's HTML, gives an Image or none. Knows what the markup says and no more: no image is opened.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

from msgspec import Struct

from feedpub.normalise import absolute_url

TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}

_IMAGE = re.compile(r"""<img(?=[\s/])((?:[^<>"']|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = re.compile(r"""(?<![^\s/"'])([^\s/"'=]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
_LENGTH = re.compile("[0-9]{1,5}")


class Image(Struct, frozen=True):
    """An image on the web, and what is known of it."""

    url: str  # absolute, in ASCII
    type: str | None = None  # media type
    width: int | None = None  # pixels
    height: int | None = None


def lead_image(html: str) -> Image | None:
    """The first image that has an address of its own and can be seen: what counts visitors is one pixel wide."""
    if "<img" not in html:
        return None
    images = (_image(match[1]) for match in _IMAGE.finditer(html))
    return next((image for image in images if image and not {0, 1} & {image.width, image.height}), None)


def _image(attributes: str) -> Image | None:
    """The image that an element's attributes tell of."""
    said = {name.lower(): unescape("".join(values)) for name, *values in _ATTRIBUTE.findall(attributes)}
    url = absolute_url(said.get("src", ""))
    if url is None:
        return None
    extension = urlsplit(url).path.rpartition(".")[2].lower()
    return Image(url, TYPES.get(extension), _length(said.get("width", "")), _length(said.get("height", "")))


def _length(text: str) -> int | None:
    """A number of pixels; a share of the page's width is none."""
    return int(text) if _LENGTH.fullmatch(text.strip()) else None
