"""Read a theme: feedpub's own, and a folder of the user's whose files go before it, one by one.

The only module that reads themes. A file that ends in `.html` is a template. What lies in `assets/` is published as it
is, in the folder `theme/` of the output.
"""

from __future__ import annotations

from pathlib import Path

from feedpub.errors import ConfigError
from feedpub.model import Template, Theme

OWN = Path(__file__).parent / "theme"
TEMPLATES = "*.html"
ASSETS = "assets"
MEDIA_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css",
    ".gif": "image/gif",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}


def load(folder: str | None) -> Theme:
    """Read feedpub's theme, and what the user's folder puts in the place of its files or adds to them.

    Raises `ConfigError` when there is no such folder, or a file in it can't be read.
    """
    if folder is not None and not Path(folder).is_dir():
        raise ConfigError(f"there is no folder {folder}, which `theme` in [site] names", "make it, or take the key out")
    templates: dict[str, Template] = {}
    assets: dict[str, bytes] = {}
    for place in (OWN, Path(folder)) if folder else (OWN,):
        templates |= {file.name: Template(str(file), _text(file)) for file in _files(place, TEMPLATES)}
        assets |= {file.name: _bytes(file) for file in _files(place / ASSETS, "*")}
    return Theme(templates, assets)


def media_type(name: str) -> str:
    """Give the media type of an asset by its name."""
    return MEDIA_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")


def _files(folder: Path, pattern: str) -> list[Path]:
    """Give the files of a folder, without those that an editor or a file browser hides there."""
    return sorted(file for file in folder.glob(pattern) if file.is_file() and not file.name.startswith("."))


def _text(file: Path) -> str:
    try:
        return _bytes(file).decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(f"{file}, line {line}: expected text in UTF-8", "save it as UTF-8") from None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}", "mend its permissions, or take it away") from None
