"""Understand a document: read, find, settle, normalise.

`understand` takes a Document and the rules, gives a Reading. Pure: no clock, disk, network or locale. Never raises for
what is wrong with a document: that becomes a Problem beside the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from msgspec import json
from msgspec.structs import replace

from feedpub import formats, objections, settling
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
    sections,
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
    Problem,
    Reading,
    Rules,
    Trust,
)
from feedpub.normalise import escape, fold, hexdigest, one_line
from feedpub.sanitise import sanitise

DIGEST_VERSION = "1:"
SHORTEST_BODY = 80  # characters by which a body can be known again
ALL_STORY = frozenset(("markdown", "fragment", "custom"))  # formats that know what the story is: nothing is to be found


def understand(document: Document, rules: Rules) -> Reading:
    """Read one document as an editor would."""
    reading = _understood(document, rules)
    if not (document.piled and reading.problems):
        return reading
    return replace(reading, problems=tuple(map(objections.to_mend_in_fields, reading.problems)))


def _understood(document: Document, rules: Rules) -> Reading:
    draft = formats.read(document)
    printed, illegal = lines.read_legibly(draft.blocks)
    problems = [*draft.problems, *objections.illegal_characters(illegal, document.path)]
    site = learned.known(rules)
    read = sitelines.mark(printed, site)
    if draft.captured:
        document = replace(document, capture=_captured(draft.captured, document.capture, rules))
    if undated := declared.unreadable(draft.clues, Reader(document.capture, rules.timezone, None)):
        problems.append(objections.bad_date(undated, document))
        return Reading(document.path, document.digest, None, document.capture, (), (), tuple(problems))
    found = _marked(read, draft)
    if found is None:
        problems += [] if _is_unreadable(draft) else [objections.no_article(document.path, is_empty=not read)]
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
        *settling.clues_of(document.stated),
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
        written = language.in_script(spoken, _sample(found.body))
        clues.append(Clue("language", written, "language-of-the-text", Trust.GUESSED))
    people = [name for clue in clues if clue.field == "authors" for name in clue.value]
    story, notes = tail.without_notes(found.body[opening:], located, people)
    whole = story if draft.pieces else _whole(found, story, opening, spoken)  # markup has its own lines
    body = (*found.body[:opening], *whole)
    paragraphs = [line.text for line in body]
    if located and not found.before:
        paragraphs[opening] = paragraphs[opening][located.end :].lstrip()
    printed = [clue for clue in clues if clue.rule != "title-made"]  # which the lede begins with
    summary = lede.summarise(paragraphs[opening:], settling.best(printed, "title"), spoken)
    clues.append(Clue("summary", summary, "lede", Trust.WRITTEN, body[opening].number))
    clues = _beside_print(clues) if _declares(draft) else clues
    metadata = settling.settle(clues, rules)
    problems += (*doubts, *_counted_from_a_guess(metadata, document), *_of_page(found, metadata, document.path))
    metadata = settling.bounded(metadata)
    dropped = tuple(
        sorted((*draft.dropped, *found.dropped, *notes, *_other_title(found, metadata.title)), key=attrgetter("line"))
    )
    located_in = found.body[opening].text[: located.end] if located and not found.before else ""
    fragment = _fragment(draft, body, located_in) if draft.pieces else html.render(body, paragraphs)
    fragment = _with_picture(fragment, settling.best(clues, "image"))
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


def _of_page(found: page.Page, metadata: Metadata, path: str) -> Iterable[Problem]:
    """What is to be said of a page and the article in it."""
    yield from objections.too_many_categories(metadata, path)
    if metadata.published is None:
        yield objections.no_date(path)
    if any(line.kind == "paywall" for line in found.lines[found.stop - 1 : found.stop + 4]):
        yield objections.truncated(path)
    if found.second:
        yield objections.two_articles(found.second, path)


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
    beside = found.lines[max(0, found.title_at - 60) : found.title_at + 20]
    around = {sections.bare(one.text) for one in beside} - {line.text}
    above = found.lines[found.title_at - 1].text if found.title_at else ""
    clean = headline.clean(headline.unnumbered(line.text, above), site.sites, around)
    shown = clean.title or line.text
    if capitals.is_capitals(shown):
        shown = capitals.recase(shown, "\n".join(one.text.partition(" — ")[2] or one.text for one in found.body[:12]))
    yield Clue("title", shown, "headline", Trust.WRITTEN, line.number)


def _month_first(spoken: str | None) -> bool | None:
    """Every language but English writes the day first."""
    return None if spoken is None or spoken[:2] == "en" else False


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


def _captured(written: str, known: Capture | None, rules: Rules) -> Capture | None:
    """When an article was taken, as its own fields state it; what its sidecar states goes before."""
    if known is not None and known.rule == "sidecar":
        return known
    when = machine(written, rules.timezone)
    return Capture(when.value, "field", Trust.STATED) if when else known
