"""A profile that many pages taught, as a file that explains itself."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from feedpub.model import Lesson, Seen

_HEAD = """\
# What {pages} pages of {place} have in common, as feedpub sees it.
# Review it: take out what is wrong, add what is missing. Then name this file in feedpub.toml:
#
#     [[sources]]
#     path = {path}
#     profile = {file}
#
# Behind each value: on how many pages it was found, and three of them.
"""
_WORDS = {
    "site_name": "The site's name. It is cut from the ends of titles.",
    "home": "What a path begins with, above the sections: `Home` in `Home / Sport`. It is no category.",
    "shape": "What stands in the line below a title, in its order: author, category, time, views.",
    "categories": "Categories, also where they are glued to a name, or alone beside a title.",
    "authors": "Authors, also where they are glued to a category, or alone below a title.",
    "bylines": "Words before the names of those who wrote: `Words` in `Words Ada March`.",
    "initials": "Who signs with initials, as in `(am)` at the end of a story. Fill in the names that are missing.",
    "chrome": "Lines that are left out wherever they stand, whole lines only. Each number stands for any other, so `0\n"
    "# readers` is also `12 readers`.",
}
_HEADINGS = """
# These stand between the paragraphs of most stories: their headings, or else boxes, which you may add to `chrome`.
"""
_KNOWN = "\n# These stand on most pages, too, and are left out without a profile:\n"


def profile(lesson: Lesson, place: str, file: str | None) -> str:
    """Give what was learned as TOML. `place`: where the pages lie; `file`: the profile's own name, when it has one."""
    text = _HEAD.format(
        pages=lesson.pages, place=_legible(place), path=_quoted(place), file=_quoted(file or "profiles/NAME.toml")
    )
    for key, words in _WORDS.items():
        found = getattr(lesson, key)
        text += f"\n# {words}\n{_rows(key, found) if isinstance(found, tuple) else _value(key, found)}"
    for words, rows in ((_HEADINGS, lesson.headings), (_KNOWN, lesson.known)):
        text += words + "".join(f"#   {_row(seen, '')}\n" for seen in rows) if rows else ""
    return text


def _value(key: str, seen: Seen | None) -> str:
    return f"{key} = {_row(seen, '')}\n" if seen else f'# {key} = ""  # none was found\n'


def _rows(key: str, found: Iterable[Seen]) -> str:
    """A list, in which rows that wait for a name are comments."""
    rows = "".join(f"    {'# ' if seen.text[-1] == ':' else ''}{_row(seen, ',')}\n" for seen in found)
    return f"{key} = [\n{rows}]\n" if rows else f"{key} = []  # none was found\n"


def _row(seen: Seen, comma: str) -> str:
    examples = f": {', '.join(_legible(path.partition('/')[2]) for path in seen.examples)}" if seen.examples else ""
    return f"{_quoted(seen.text)}{comma}  # {seen.pages}{examples}"


def _quoted(value: str) -> str:
    """Give a text as TOML writes it, which is as JSON does."""
    return msgspec.json.encode(value).decode()


def _legible(path: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in path)
