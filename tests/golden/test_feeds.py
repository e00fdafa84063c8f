"""Each folder of `feeds/` holds a feed and what it is rendered to; `--bless` writes the latter anew."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from feedpub.model import Feed
from feedpub.renderers import RENDERERS, render

CASES = sorted((Path(__file__).parent / "feeds").glob("*/source.toml"))


class Case(msgspec.Struct):
    """A feed as a person writes it down: what is left out of an entry is none."""

    feed: Feed
    bodies: dict[str, str]


def load(source: Path) -> Case:
    case: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    nothing = {"permalink": None, "body_digest": None}
    case["feed"]["entries"] = [{**nothing, **entry} for entry in case["feed"]["entries"]]
    return msgspec.convert(case, Case)


@pytest.mark.parametrize("name", sorted(RENDERERS))
@pytest.mark.parametrize("source", CASES, ids=lambda source: source.parent.name)
def test_a_feed_is_rendered_to_the_same_bytes_as_ever(source: Path, name: str, bless: bool) -> None:
    case = load(source)
    renderer = RENDERERS[name]
    golden = source.with_name(renderer.file)
    document = render(case.feed, case.bodies.__getitem__, name).data
    if bless:
        golden.write_bytes(document)
    assert document == golden.read_bytes()
