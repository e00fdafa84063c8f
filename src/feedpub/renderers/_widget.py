"""What shows a feed's headlines on other people's pages: where its files are, and how those pages know the script.

The script's name changes with its bytes, and pages name those bytes by their digest (Subresource Integrity): a script
that was once embedded is never changed or removed.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha384

from msgspec import Struct

SCRIPT = "embed.js"


class Widget(Struct, frozen=True):
    """The script as other pages name it."""

    name: str
    integrity: str  # for the attribute of that name


def widget(script: bytes) -> Widget:
    """Name the script by its bytes."""
    digest = sha384(script)
    return Widget(f"embed.{digest.hexdigest()[:12]}.js", f"sha384-{b64encode(digest.digest()).decode()}")


def is_widget(path: str) -> bool:
    """Tell whether a published file is a script that other pages may name, of this version or an earlier one."""
    name = path.rpartition("/")[2]
    return name.startswith("embed.") and name.endswith(".js")


def frame_path(folder: str) -> str:
    """Give the path of the page that shows a feed's headlines in a frame."""
    return f"{folder}/embed.html" if folder else "embed.html"


def fragment_path(folder: str) -> str:
    """Give the path of the fragment that holds a feed's headlines."""
    return f"{folder}/headlines.html" if folder else "headlines.html"
