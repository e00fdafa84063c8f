"""Understand a document: read, find, settle, normalise.

`understand` takes a Document and the rules, gives a Reading. Pure: no clock, disk, network or locale. Never raises for
what is wrong with a document: that becomes a Problem beside the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from msgspec import json
from msgspec.structs import replace

from feedpub import formats
from feedpub.dates import Reader, machine
from feedpub.finders import (
    agreed,
    capitals,
    category,
    dateline,
    declared,
    headline,
    houseagency,
    html,
    initials,
    language,
    learned,
    lede,
    lines,
    localday,
    located,
    markup,
    page,
    shownday,
    signed,
    sitelines,
    tail,
    when,
    who,
)
from feedpub.likeness import sketch
from feedpub.model import (
    Article,
    Capture,
    Clue,
    Document,
    Draft,
    Dropped,
    Metadata,
    Moment,
    Problem,
    Reading,
    Rules,
    Stated,
    Trust,
)
from feedpub.normalise import absolute_url, escape, fold, hexdigest, one_line
from feedpub.sanitise import sanitise

DIGEST_VERSION = "1:"
MOST_CATEGORIES, MOST_TAGS = 30, 100  # of one article: each category has feeds of its own
SHORTEST_BODY = 80  # characters by which a body can be known again
ALL_STORY = frozenset(("markdown", "fragment", "custom"))  # formats that know what the story is: nothing is to be found
STATED_TEXTS = ("id", "title", "language", "summary")
STATED_LISTS = ("authors", "categories", "tags")
STATED_DATES = ("published", "updated")
IN_FIELDS = {  # what mends a problem with an article in a file of many
    "no-date": "published",
    "implausible-date": "published",
    "no-article": "text",
    "empty": "text",
    "capture-guessed": "captured",
    "capture-unknown": "captured",
    "too-many-categories": "categories",
}


def understand(document: Document, rules: Rules) -> Reading:
    """Read one document as an editor would."""
    reading = _understood(document, rules)
    if not (document.piled and reading.problems):
        return reading
    return replace(reading, problems=tuple(map(_to_mend_in_fields, reading.problems)))


def _to_mend_in_fields(problem: Problem) -> Problem:
    """What is wrong with an article that shares its file, and so its sidecar, with others."""
    field = IN_FIELDS.get(problem.code)
    return replace(problem, hint=f"give it a field `{field}`") if field else problem


def _understood(document: Document, rules: Rules) -> Reading:
    draft = formats.read(document)
    printed, illegal = lines.read_legibly(draft.blocks)
    problems = [*draft.problems, *_illegal_characters(illegal, document.path)]
    site = learned.known(rules)
    read = sitelines.mark(printed, site)
    if draft.captured:
        document = replace(document, capture=_captured(draft.captured, document.capture, rules))
    if undated := declared.unreadable(draft.clues, Reader(document.capture, rules.timezone, None)):
        problems.append(_bad_date(undated, document))
        return Reading(document.path, document.digest, None, document.capture, (), (), tuple(problems))
    found = _marked(read, draft)
    if found is None:
        problems += [] if _is_unreadable(draft) else [_no_article(read, document.path)]
        dropped = (*draft.dropped, *(Dropped(line.number, line.text, _unread(line)) for line in read))
        return Reading(document.path, document.digest, None, document.capture, (), dropped, tuple(problems))
    return _settled(document, rules, found, draft, problems)


def _marked(read: Sequence[lines.Line], draft: Draft) -> page.Page | None:
    """The page with the story that its markup shows; as the print has it where the markup shows none."""
    if draft.format in ALL_STORY and draft.main:
        story = draft.main.intersection(line.number for line in read) - _title_line(read, draft)
        return page.of_lines(read, story, None) if story else None
    found = page.lay_out(read)
    if draft.format == "titled" and found is None:
        return page.short(read)
    if not draft.main:
        return found
    told = agreed.story(read, draft.main, draft.pieces, found)
    if not any(line.prose and line.number in told for line in read):
        return found
    return page.of_lines(read, told, found)


def _title_line(read: Sequence[lines.Line], draft: Draft) -> frozenset[int]:
    """The first line of a text, when it is its title and not all of it."""
    titles = {fold(one_line(clue.value)) for clue in draft.clues if clue.field == "title"}
    return frozenset((read[0].number,)) if len(read) > 1 and fold(read[0].text) in titles else frozenset()


def _unread(line: lines.Line) -> str:
    """Why a line of a page without a story is left out: for what it is, or with all the others."""
    return "no-story" if line.kind in ("text", "prose") else line.kind


def _is_unreadable(draft: Draft) -> bool:
    """Whether the format has said already why there is nothing to read."""
    return any(problem.severity == "error" for problem in draft.problems)


def _settled(document: Document, rules: Rules, found: page.Page, draft: Draft, problems: list[Problem]) -> Reading:
    spoken = document.stated.language or rules.language or language.detect(_sample(found.body))
    site = learned.known(rules)
    located, opening = _opened(found, site, spoken)
    reader = Reader(document.capture, rules.timezone, _month_first(spoken))
    headlines = list(_headline(found, site))
    shown = headlines[0].value if found.title_at is not None else ""
    clues = [
        *_stated(document.stated),
        *declared.stated(draft.clues, reader),
        *(declared.clues(draft.clues, reader, _texts(found), shown) if _declares(draft) else ()),
        *learned.clues(found, site),
        *headlines,
        *learned.as_known(who.clues(found, located), site),
        *learned.as_known(category.clues(found), site),
    ]
    dated, doubts = when.clues(found, located.dateline if located else None, reader, document.path)
    clues += dated
    if located:
        clues.append(Clue("dateline", located.dateline, located.rule, Trust.WRITTEN, found.body[opening].number))
    if rules.language:
        clues.append(Clue("language", rules.language, "settings", Trust.STATED))
    elif spoken:
        clues.append(Clue("language", spoken, "language-of-the-text", Trust.GUESSED))
    people = [name for clue in clues if clue.field == "authors" for name in clue.value]
    story, notes = tail.without_notes(found.body[opening:], located, people)
    whole = story if draft.pieces else _whole(found, story, opening, spoken)  # markup has its own lines
    body = (*found.body[:opening], *whole)
    paragraphs = [line.text for line in body]
    if located and not found.before:
        paragraphs[opening] = paragraphs[opening][located.end :].lstrip()
    title = _best([clue for clue in clues if clue.rule != "title-made"], "title")  # a made one is the lede's own
    summary = lede.summarise(paragraphs[opening:], title, spoken)
    clues.append(Clue("summary", summary, "lede", Trust.WRITTEN, body[opening].number))
    clues = _beside_print(clues) if _declares(draft) else clues
    metadata = settle(clues, rules)
    problems += (*doubts, *_counted_from_a_guess(metadata, document))
    if len(metadata.categories) > MOST_CATEGORIES or len(metadata.tags) > MOST_TAGS:
        problems.append(_too_many_categories(metadata, document.path))
        metadata = replace(metadata, categories=metadata.categories[:MOST_CATEGORIES], tags=metadata.tags[:MOST_TAGS])
    if metadata.published is None:
        problems.append(_no_date(document.path))
    if any(line.kind == "paywall" for line in found.lines[found.stop - 1 : found.stop + 4]):
        problems.append(_truncated(document.path))
    if found.second:
        problems.append(_two_articles(found.second, document.path))
    dropped = tuple(
        sorted((*draft.dropped, *found.dropped, *notes, *_other_title(found, metadata.title)), key=attrgetter("line"))
    )
    located_in = found.body[opening].text[: located.end] if located and not found.before else ""
    fragment = _fragment(draft, body, located_in) if draft.pieces else html.render(body, paragraphs)
    fragment = _with_picture(fragment, _best(clues, "image"))
    article = _article(metadata, fragment, paragraphs, _aliases(draft))
    if document.stated.distinct:
        article = replace(article, body_digest=None, sketch=())
    is_draft = any(clue.field == "draft" for clue in draft.clues)
    return Reading(
        document.path, document.digest, article, document.capture, tuple(clues), dropped, tuple(problems), is_draft
    )


def _aliases(draft: Draft) -> tuple[str, ...]:
    return next((clue.value for clue in draft.clues if clue.field == "aliases"), ())


def _fragment(draft: Draft, body: Sequence[lines.Line], located: str) -> str:
    """The body in the page's own markup, sanitised, without its dateline where no markup stands in that."""
    fragment = sanitise(markup.render(draft.pieces, {line.number for line in body}))
    return fragment.replace(f"<p>{escape(located)}", "<p>", 1) if located else fragment


def _with_picture(fragment: str, address: str) -> str:
    """The body with the picture that is stated beside it, unless it shows one."""
    if not address or "<img" in fragment:
        return fragment
    return sanitise(f'<figure><img src="{escape(address)}" alt=""></figure>') + fragment


def _counted_from_a_guess(metadata: Metadata, document: Document) -> list[Problem]:
    """A field may hold a relative date, as a page prints it."""
    published = metadata.published
    is_counted = published is not None and published.base is not None and published.rule == "stated"
    return when.guessed(document.capture, document.path) if is_counted else []


def _declares(draft: Draft) -> bool:
    """Whether the page itself declares anything for machines."""
    return any(clue.trust < Trust.STATED for clue in draft.clues)


def _beside_print(clues: Sequence[Clue]) -> list[Clue]:
    """The clues, with those that the page declares beside what it prints for people."""
    return signed.first(shownday.first(localday.on_own_clock(clues)))


def _other_title(found: page.Page, title: str) -> Iterable[Dropped]:
    """The headline of the print, when the markup knows a better one."""
    line = found.lines[found.title_at] if found.title_at is not None else None
    if line is None or line.text == title or line in found.body:
        return
    if fold(title).casefold() not in fold(line.text).casefold():
        yield Dropped(line.number, line.text, "not-the-title")


def _texts(found: page.Page) -> frozenset[str]:
    return frozenset(line.text for line in found.lines[: found.start])


def _located(found: page.Page, site: learned.Known, spoken: str | None) -> located.Found | None:
    """Where the story was filed, as its first paragraph or the lines above it say."""
    if found.before:
        return dateline.from_lines(found.before)
    opening = found.body[0].text
    return dateline.read(opening, spoken) or houseagency.read(opening, site.house)


def _opened(found: page.Page, site: learned.Known, spoken: str | None) -> tuple[located.Found | None, int]:
    """Where the story was filed, and the paragraph that says so or begins it, below standfirst and captions."""
    if place := _located(found, site, spoken):
        return place, 0
    opening = lede.opening(found.lines, found.start, found.body, spoken)
    return dateline.read(found.body[opening].text, spoken) if opening else None, opening


def _whole(found: page.Page, story: Sequence[lines.Line], opening: int, spoken: str | None) -> Sequence[lines.Line]:
    """The story with its initials joined to their words."""
    above = found.lines[found.start - 1].text if found.start and not opening else ""
    return initials.joined(story, spoken, above)


def _sample(body: Sequence[lines.Line]) -> str:
    """As much of the story as its language shows in."""
    return " ".join(line.text for line in body[:3]) if len(body[0].text) < language.SAMPLE else body[0].text


def _stated(stated: Stated) -> Iterable[Clue]:
    """What the operator says, which wins over all that is read."""
    for field in STATED_TEXTS:
        if value := getattr(stated, field):
            yield Clue(field, one_line(value), "stated", Trust.STATED)
    for field in STATED_LISTS:
        values = getattr(stated, field)
        if values is not None:
            yield Clue(field, tuple(line for value in values if (line := one_line(value))), "stated", Trust.STATED)
    for field in STATED_DATES:
        value = getattr(stated, field)
        if value is not None:
            yield Clue(field, _moment(value), "stated", Trust.STATED)
    if stated.expires is not None:
        yield Clue("expires", stated.expires, "stated", Trust.STATED)
    if stated.url and (address := absolute_url(stated.url)):
        yield Clue("canonical", address, "stated", Trust.STATED)


def _moment(value: datetime) -> Moment:
    offset = value.utcoffset()
    aware = value.astimezone(UTC) if offset is not None else value.replace(tzinfo=UTC)
    return Moment(
        aware, "second", value.isoformat(), "stated", offset=int(offset.total_seconds()) // 60 if offset else 0
    )


def _headline(found: page.Page, site: learned.Known) -> Iterable[Clue]:
    """The title without its site name and labels; made of the first sentence when the page prints none."""
    if found.title_at is None:
        first = found.body[0]
        located = dateline.read(first.text)
        yield Clue(
            "title",
            headline.make(first.text[located.end if located else 0 :]),
            "title-made",
            Trust.GUESSED,
            first.number,
        )
        return
    line = found.lines[found.title_at]
    around = {one.text for one in found.lines[max(0, found.title_at - 60) : found.title_at + 20]} - {line.text}
    above = found.lines[found.title_at - 1].text if found.title_at else ""
    clean = headline.clean(headline.unnumbered(line.text, above), site.sites, around)
    shown = clean.title or line.text
    if capitals.is_capitals(shown):
        shown = capitals.recase(shown, "\n".join(one.text.partition(" — ")[2] or one.text for one in found.body[:12]))
    yield Clue("title", shown, "headline", Trust.WRITTEN, line.number)


def _month_first(spoken: str | None) -> bool | None:
    """Every language but English writes the day first."""
    return None if spoken is None or spoken[:2] == "en" else False


def settle(clues: Iterable[Clue], rules: Rules) -> Metadata:
    """The best clue of each field: the most trusted, and among equals the first."""
    best: dict[str, Clue] = {}
    for clue in clues:
        known = best.get(clue.field)
        if known is None or clue.trust > known.trust:
            best[clue.field] = clue
    values: dict[str, Any] = {field: clue.value for field, clue in best.items()}
    categories = values.get("categories", ()) or ((rules.category,) if rules.category else ())
    if rules.aliases:
        names = dict(rules.aliases)
        categories = tuple(dict.fromkeys(names.get(label.casefold(), label) for label in categories))
    return Metadata(
        title=values.get("title", ""),
        summary=values.get("summary", ""),
        authors=values.get("authors", ()),
        categories=categories,
        tags=values.get("tags", ()),
        language=values.get("language"),
        dateline=values.get("dateline"),
        published=values.get("published"),
        updated=values.get("updated"),
        canonical=values.get("canonical"),
        id=values.get("id"),
        expires=values.get("expires"),
        source=values.get("source"),
    )


def _best(clues: Sequence[Clue], field: str) -> str:
    found = [clue for clue in clues if clue.field == field]
    return str(max(found, key=attrgetter("trust")).value) if found else ""


def _article(metadata: Metadata, fragment: str, paragraphs: Sequence[str], aliases: tuple[str, ...]) -> Article:
    plain = "\n".join(paragraphs)
    letters = fold(plain)
    told = hexdigest(letters)
    digest = DIGEST_VERSION + hexdigest(fold(metadata.title), told)
    body_digest = DIGEST_VERSION + told if len(letters) >= SHORTEST_BODY else None
    shown = replace(metadata, published=None, updated=None)  # an entry has dates of its own
    stated = json.encode(shown).decode().replace(',"source":null}', "}")  # as when there were no sources
    fingerprint = DIGEST_VERSION + hexdigest(stated, fragment)
    return Article(metadata, fragment, digest, body_digest, fingerprint, sketch(plain), aliases)


def digest_of_body(text: str) -> str | None:
    """Give the digest by which a body is known again, from its words; None when there are too few."""
    letters = fold(text)
    return DIGEST_VERSION + hexdigest(letters) if len(letters) >= SHORTEST_BODY else None


def _illegal_characters(count: int, path: str) -> list[Problem]:
    if not count:
        return []
    message = f"{count} characters that no feed may hold were replaced by spaces"
    return [Problem("illegal-characters", "warning", path, message, "look for control characters in the file")]


def _no_article(read: Sequence[lines.Line], path: str) -> Problem:
    if not read:
        return Problem("empty", "error", path, "the file holds no text", "remove it, or leave it out with `exclude`")
    return Problem(
        "no-article",
        "error",
        path,
        "the file holds no article, only the page around one",
        "leave it out with `exclude`; `feedpub inspect` shows what each line was taken for",
    )


def _captured(written: str, known: Capture | None, rules: Rules) -> Capture | None:
    """When an article was taken, as its own fields state it; what its sidecar states goes before."""
    if known is not None and known.rule == "sidecar":
        return known
    when = machine(written, rules.timezone)
    return Capture(when.value, "field", Trust.STATED) if when else known


def _bad_date(clue: Clue, document: Document) -> Problem:
    in_front = clue.rule == "front-matter"
    where = "in the front matter" if in_front else f"in the field of `{clue.field}`"
    message = f"{_line_of(clue.value, document) if in_front else ''}“{clue.value[:40]}” {where} is no date"
    code = "bad-front-matter" if in_front else "bad-article"
    return Problem(code, "error", document.path, message, "write it as 2025-04-28T18:00:00Z")


def _line_of(written: str, document: Document) -> str:
    sought = written.encode("utf-8", "replace")
    numbers = (number for number, line in enumerate(document.data.splitlines(), 1) if sought in line)
    return next((f"line {number}: " for number in numbers), "")


def _too_many_categories(metadata: Metadata, path: str) -> Problem:
    return Problem(
        "too-many-categories",
        "warning",
        path,
        f"{len(metadata.categories)} categories and {len(metadata.tags)} tags: "
        f"only the first {MOST_CATEGORIES} and {MOST_TAGS} are published",
        f"state fewer in {path.rpartition('/')[2]}.meta.toml",
    )


def _truncated(path: str) -> Problem:
    return Problem(
        "truncated",
        "note",
        path,
        "the page ends at a paywall: the rest of the article is missing",
        "capture the page as a subscriber to publish all of it",
    )


def _two_articles(line: int, path: str) -> Problem:
    return Problem(
        "second-article",
        "warning",
        path,
        f"another article seems to begin on line {line}; only the first was read",
        "put each article into a file of its own",
    )


def _no_date(path: str) -> Problem:
    return Problem(
        "no-date", "warning", path, "no date was found", f"state `published` in {path.rpartition('/')[2]}.meta.toml"
    )
