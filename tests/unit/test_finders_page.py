from __future__ import annotations

from collections.abc import Sequence

import pytest

from feedpub.dates import Reader
from feedpub.finders import body as story_body
from feedpub.finders import (
    category,
    evidence,
    lede,
    lines,
    messages,
    page,
    passages,
    shortlines,
    story,
    weights,
    when,
    who,
)
from feedpub.finders.passages import Passage
from feedpub.model import Block, Rules

PROSE = (
    "The ferry council met on Monday in the old customs house and settled the summer timetable.",
    "There will be one late sailing on weekdays and two on Saturdays, the harbour master said.",
    "A second boat is being considered for the island, where readers wait two hours most days.",
)


def as_lines(*printed: str) -> list[lines.Line]:
    return lines.read(tuple(Block(text, number) for number, text in enumerate(printed, 1)))


def read(*printed: str) -> page.Page | None:
    return page.lay_out(as_lines(*printed))


def lay_out(*printed: str) -> page.Page:
    found = read(*printed)
    assert found is not None
    return found


def body(found: page.Page) -> list[str]:
    return [line.text for line in found.body]


def title(found: page.Page) -> str:
    assert found.title_at is not None
    return found.lines[found.title_at].text


def values(clues: Sequence[object]) -> list[object]:
    return [clue.value for clue in clues]  # type: ignore[attr-defined]


def test_the_title_is_not_the_menu() -> None:
    found = lay_out("Menu", "Home", "News", "Sport", "Ferry council settles summer timetable", "By Ada March", *PROSE)
    assert title(found) == "Ferry council settles summer timetable"


def test_a_standfirst_above_the_byline_is_not_the_body() -> None:
    deck = "After three days of talks the boats will sail late again, to the relief of two islands."
    found = lay_out("Ferry council settles timetable", deck, "By Ada March", "April 28, 2025", *PROSE)
    assert body(found) == list(PROSE)


def test_an_inline_story_does_not_take_the_lede() -> None:
    found = lay_out(
        "Ferry council settles timetable", "By Ada March", "28 April 2025", PROSE[0],
        "How the county lost its boat", "By Lena Voss 20 November 2024", *PROSE[1:],
    )  # fmt: skip
    assert body(found)[0] == PROSE[0]
    assert next(iter(who.clues(found, None))).value == ("Ada March",)


def test_comments_below_the_end_are_not_the_body() -> None:
    comments = [
        "Alder says:",
        "April 22, 2025 at 8:14 am",
        *(f"I was there {number}, and it was wet and cold." for number in range(9)),
    ]
    more = [line.replace("ferry", "harbour").replace("late", "early").replace("boat", "pier") for line in PROSE]
    found = lay_out("Ferry council settles timetable", *PROSE, *more, "9 Comments", *comments)
    assert body(found) == [*PROSE, *more]


def test_a_passage_of_which_little_is_known_goes_with_its_neighbours() -> None:
    found = [Passage(at, at + 1, 100.0) for at in range(0, 10, 2)]
    told = lines.read(tuple(Block("Harbour", number) for number in range(10)))
    assert story.likeliest(told, found, [3.0, -0.4, 2.0, -0.4, -2.0]) == [True, True, True, False, False]
    assert story.likeliest(told, found, [-3.0, 0.4, -2.0, 0.4, 2.0]) == [False, False, False, True, True]


def test_a_label_in_turkish_capitals_is_one() -> None:
    found = lay_out(
        "Ferry council settles timetable", "By Ada March", *PROSE, "İLGİLİ HABER", "Keçiler köyde oy kullanabilir mi"
    )
    assert [line.kind for line in found.lines[-2:]] == ["related", "text"]
    assert body(found) == list(PROSE)


def test_a_story_goes_on_below_the_figures_of_a_long_diagram() -> None:
    more = [line.replace("ferry", "harbour").replace("late", "early").replace("boat", "pier") for line in PROSE]
    figures = [text for year in range(60) for text in (f"’{year:02}", f"{year * 10}", f"{year}.5%")]
    found = lay_out("Ferry council settles timetable", "By Ada March", "28 April 2025", *PROSE, *figures, *more)
    assert body(found)[-3:] == more


def test_a_day_that_a_headline_speaks_of_is_not_printed_as_such() -> None:
    path = ("Home", "Harbour", "Late ferries to the islands return on June 1")
    found = lay_out(*path, f"{path[-1]}, says minister", "Written by: Ada March", "Updated: May 16, 2025 11:42", *PROSE)
    assert title(found) == f"{path[-1]}, says minister"
    dated, _ = when.clues(found, None, Reader(None, Rules().timezone, None), "a.txt")
    assert [clue.value.value.isoformat()[:10] for clue in dated] == ["2025-05-16"] * 2  # published and updated


def test_what_stands_below_the_button_of_a_picture_is_no_title() -> None:
    caption = "Trawlers at the pier in Salthaven on Tuesday"
    found = lay_out(
        "News", "Harbour", "Fishermen blockade pier over quota row", "Twelve boats sealed the harbour mouth at dawn",
        "Expand", caption, "Ada March", "Today at 12:30", *PROSE,
    )  # fmt: skip
    assert title(found) != caption


def test_a_name_in_capitals_below_a_first_short_sentence_credits_a_picture() -> None:
    shown = "One of the new cranes on the pier of Salthaven this Tuesday."
    found = lay_out("Ferry council settles timetable", "By Ada March", "28 April 2025", shown, "BEN QUILL", *PROSE)
    assert body(found) == list(PROSE)
    found = lay_out("Ferry council settles timetable", "By Ada March", shown, "BEN QUILL / The Fen Post", *PROSE)
    assert body(found) == list(PROSE)


def test_a_label_that_needs_a_colon_in_a_line_needs_none_on_its_own() -> None:
    found = lay_out(
        "Ferry council settles timetable", "Reporter", "Dewi March", "Editor", "Ben Quill", "14 Mei 2025", *PROSE
    )
    assert next(iter(who.clues(found, None))).value == ("Dewi March",)


def test_bylines_with_one_label_right_below_each_other_are_of_one_story() -> None:
    found = lay_out("Ferry council settles timetable", "By Ada March", "By Per Quill", "28 April 2025", *PROSE)
    assert next(iter(who.clues(found, None))).value == ("Ada March", "Per Quill")


def test_a_place_beside_the_date_is_no_section() -> None:
    found = lay_out("Ferry council settles timetable", "Porto - 2 May 2025 - 05:20", *PROSE, "Topics", "Porto")
    assert not [clue for clue in category.clues(found) if clue.field == "categories"]


def test_far_below_an_end_the_story_is_not_looked_for() -> None:
    links = ("Harbour",) * 30
    for mark, found in (("9 Comments", 1), ("Ferries", 2)):
        told = lines.read(tuple(Block(text, 1) for text in (*PROSE, *links, mark, *PROSE)))
        place = passages.Place(0, 0, 0, len(PROSE), frozenset())
        assert len(passages.passages(told, place)) == found


def test_a_line_of_a_list_goes_with_the_lines_beside_it() -> None:
    assert weights.best_way([0.5, -0.2, 0.5], [0.3, 0.3]) == [True, True, True]
    assert weights.best_way([0.5, -0.2, 0.5], [0.0, 0.0]) == [True, False, True]
    assert weights.best_way([], []) == []


def test_below_an_end_another_may_speak() -> None:
    found = [Passage(at, at + 1, 100.0) for at in (0, 2)]
    told = lines.read((Block("Harbour", 1), Block("9 Comments", 2), Block("Harbour", 3)))
    assert story.likeliest(told, found, [3.0, -0.4]) == [True, False]
    assert story.likeliest([told[0], told[0], told[2]], found, [3.0, -0.4]) == [True, True]


def test_related_titles_go_with_their_label() -> None:
    found = lay_out(
        "Ferry council settles timetable", PROSE[0], "Read also", "A clock that nobody wants to fix", *PROSE[1:]
    )
    assert body(found) == list(PROSE)
    assert [line.rule for line in found.dropped] == ["related", "related-title"]


def test_a_marker_inside_a_sentence_cuts_nothing() -> None:
    ending = "It answers the baker, and it reads in full: “Please leave a reply.”"
    found = lay_out(
        "A wall of letters", *PROSE, "Leave a reply, says the small sign under each frame in the hall.", ending
    )
    assert body(found)[-1] == ending


def test_a_caption_printed_twice_is_dropped() -> None:
    caption = "A boat leaves the harbour of the island early on Monday."
    found = lay_out("Ferry council settles timetable", PROSE[0], caption, caption, *PROSE[1:])
    assert body(found) == list(PROSE)


def test_a_caption_printed_in_full_and_cut_short_is_dropped() -> None:
    caption = "The harbour master and a goat look at the old customs house on the morning of the meeting."
    found = lay_out(
        "Ferry council settles timetable", "By Ada March", PROSE[0], caption, f"{caption[:70]}... more", *PROSE[1:]
    )
    assert body(found) == list(PROSE)
    cut_off = "The harbour master and a goat look at something else, and no one knows at what..."
    assert caption in body(
        lay_out("Ferry council settles timetable", "By Ada March", PROSE[0], caption, cut_off, *PROSE[1:])
    )


def test_many_words_in_capitals_are_less_likely_a_heading_than_a_few() -> None:
    few, many = "A SECOND BOAT FOR THE ISLES", "COUNCIL OF THE NORTHERN ISLES BUYS A THIRD BOAT FOR ITS GOATS"
    scores = [
        speaks_for(title, Block(PROSE[0], 1), Block(title, 2), Block(PROSE[2], 3))
        - speaks_for(title.capitalize(), Block(PROSE[0], 1), Block(title.capitalize(), 2), Block(PROSE[2], 3))
        for title in (few, many)
    ]
    assert scores[1] < scores[0]


def test_titles_in_a_row_with_a_sentence_each_below_the_story_are_teasers() -> None:
    teasers = (
        "Goats elect a new mayor", "A goat that can count has won the vote in the village of Upper Tidewell.",
        "Lamps out at the pier", "Nobody has paid the bill for the lamps on the pier since the last flood.",
        "Baker sells round bread", "Her square loaves rolled off the counter, says the baker of Lower Tidewell.",
        "Museum of fog reopens", "Its visitors have not been able to find the door for eleven years in a row.",
        "Bell rings at last", "The bell of the old chapel had been hung upside down by a careful carpenter.",
    )  # fmt: skip
    above = ("Ferry council settles timetable", "By Ada March", *PROSE, *PROSE[:2])

    def last(*printed: str) -> float:
        read = lines.read(tuple(Block(text, number) for number, text in enumerate(printed, 1)))
        place = passages.Place(2, 2, 2, 7, frozenset())
        return weights.score(list(evidence.features_of(read, passages.passages(read, place), place))[-1])

    headed = last(*above, *teasers)
    assert headed < last(*above, *(text if at % 2 else "Goats" for at, text in enumerate(teasers)))
    assert headed < 0


def test_a_headline_printed_again_in_the_story_is_dropped() -> None:
    heading = "Ferry council settles timetable"
    found = lay_out(heading, "By Ada March", "28 April 2025", PROSE[0], heading, *PROSE[1:])
    assert body(found) == list(PROSE)
    assert ("repeated", 5) in [(line.rule, line.line) for line in found.dropped]


def test_a_page_printed_twice_keeps_its_text_once() -> None:
    assert body(lay_out("Ferry council settles timetable", *PROSE, *PROSE)) == list(PROSE)


def test_a_page_of_links_has_no_article() -> None:
    assert page.lay_out(lines.read(tuple(Block(text, 1) for text in ("Home", "News", "Sport", "Weather")))) is None


def test_a_breadcrumb_gives_the_categories() -> None:
    found = lay_out("Home > Science > Oceans", "Seaweed farmers borrow a trick", "28 April 2025", *PROSE)
    assert values(list(category.clues(found))) == [("Science", "Oceans")]


def test_a_menu_gives_no_category() -> None:
    found = lay_out("Politics", "Business", "Sport", "Culture", "Science", "Ferry council settles timetable", *PROSE)
    assert list(category.clues(found)) == []


def test_a_copyright_year_is_no_date() -> None:
    found = lay_out("Ferry council settles timetable", *PROSE, "© 2019 Island Press Network, May 3, 2019")
    dated, _ = when.clues(found, None, Reader(None, Rules().timezone, None), "page.txt")
    assert dated == []


def test_a_summary_is_of_whole_sentences() -> None:
    summary = lede.summarise(PROSE, "Ferry council settles timetable", "en")
    assert summary == " ".join(PROSE[:2]) or summary == PROSE[0]


def test_a_summary_does_not_repeat_the_title() -> None:
    paragraph = "Ferry council settles timetable. The boats will sail late again from the first of June, it said."
    assert lede.summarise([paragraph], "Ferry council settles timetable", "en").startswith("The boats")


def test_a_sentence_too_long_for_a_summary_is_cut_at_a_clause() -> None:
    summary = lede.summarise(["The council, " + "which met in the hall, " * 40 + "rose."], "t", "en")
    assert len(summary) <= lede.LIMIT
    assert summary.endswith("…")


def test_a_gallery_in_the_middle_does_not_end_the_story() -> None:
    first = [f"{sentence} So said the harbour master of the islands, who keeps the timetable." for sentence in PROSE]
    more = [sentence.replace("ferry council", "council of the ferry") for sentence in (*first, *first)]
    more = [f"{number}. {sentence}" for number, sentence in enumerate(more, 1)]
    found = lay_out(
        "Ferry council settles summer timetable", "By Ada March", *first, "Photo: Ada March", "1 / 4",
        "Powered by Slides", *more, "Leave a Reply",
    )  # fmt: skip
    assert body(found) == [*first, *more]


def test_what_speaks_of_something_else_below_the_end_is_not_the_story() -> None:
    others = (
        "Apples were cheap in the market hall this week, a grower told us, and pears will be next to fall in price.",
        "Rain is expected on most of the coming days, says the weather office, with some sun by the end of the month.",
        "The choir sings in the old chapel on Sunday, and everybody may listen to it for nothing but a smile or two.",
    )
    story = [f"{sentence} So said the harbour master of the islands, who keeps the timetable." for sentence in PROSE]
    found = lay_out("Ferry council settles summer timetable", "By Ada March", *story, "Powered by Slides", *others)
    assert body(found) == story


def test_a_byline_below_the_story_is_no_part_of_it() -> None:
    found = lay_out("Ferry council settles summer timetable", *PROSE, "By Ada March", "Published 14 March 2025")
    assert body(found) == list(PROSE)
    assert values(list(who.clues(found, None))) == [("Ada March",)]


def test_a_name_below_a_heading_of_pictures_is_no_author() -> None:
    found = lay_out("Ferry council settles summer timetable", "Pictures of the day", "Grace Hopper Jones", *PROSE)
    assert values(list(who.clues(found, None))) == []


def test_the_house_behind_a_name_is_no_author() -> None:
    found = lay_out(
        "Ferry council settles summer timetable", "By Ada March, Harbor Sentinel", *PROSE, "© 2025 Harbor Sentinel"
    )
    assert values(list(who.clues(found, None))) == [("Ada March",)]


def test_a_paragraph_above_a_dateline_is_a_standfirst() -> None:
    deck = "The council of the islands has found a way to pay for boats that sail after dark."
    filed = f"LISBON (AP) — {PROSE[0]}"
    assert body(lay_out("Ferry council settles timetable", deck, filed, *PROSE[1:])) == [filed, *PROSE[1:]]


def test_captions_below_the_byline_are_not_the_body_of_a_dispatch() -> None:
    captions = (
        "The late boat of the ferry council waits in the harbour of Lisbon on a wet Monday in April.",
        "Ida Wren, the harbour master, speaks to readers of the timetable in the old customs house.",
    )
    filed = f"LISBON (AP) — {PROSE[0]}"
    found = lay_out("Ferry council settles timetable", "By Ada March", *captions, filed, *PROSE[1:])
    assert body(found) == [filed, *PROSE[1:]]


def test_a_city_far_below_the_beginning_is_no_dateline() -> None:
    filed = f"LISBON — {PROSE[0]}"
    more = (
        "The pilots of the strait want lamps on all of the buoys before the first boat sails after dark.",
        "A ticket for the night costs twice as much as one for the day, and half for those who row.",
    )
    assert body(lay_out("Ferry council settles timetable", *PROSE[1:], *more, filed)) == [*PROSE[1:], *more, filed]


def test_a_summary_in_a_box_with_a_notice_is_not_the_story() -> None:
    box = ("The council met on Monday in the old house.", "There will be a late boat on weekdays from June.")
    notice = "This summary was written by a machine."
    found = lay_out("Ferry council settles timetable", "By Ada March", "In brief", notice, *box, "Show more", *PROSE)
    assert body(found) == list(PROSE)


def test_a_short_sentence_with_a_dateline_is_no_caption() -> None:
    filed = "LISBON (AP) — To the ferrymen of Porto, fog is not a reason to stay."
    assert body(lay_out("Ferry council settles timetable", filed, *PROSE)) == [filed, *PROSE]


def test_names_on_lines_of_their_own_with_a_word_between_are_both_authors() -> None:
    found = lay_out("Ferry council settles timetable", "By", "Ada March", "and", "Lena Voss", "28 April 2025", *PROSE)
    assert next(iter(who.clues(found, None))).value == ("Ada March", "Lena Voss")


def test_small_print_right_above_a_story_is_read_however_far_the_title_is() -> None:
    links = [f"Harbour walk {number}" for number in range(20)]
    found = lay_out("Ferry council settles timetable", *links, "28 April 2025", *PROSE)
    assert [small.line.text for small in found.prints] == ["28 April 2025"]


def test_a_dispatch_of_one_line_is_no_small_print() -> None:
    filed = "SAN FRANCISCO, March 19 - Quarterly count of the ferries 44 against 44 before"
    assert body(lay_out("Ferry count unchanged", filed)) == [filed]


def test_a_short_paragraph_above_a_credit_is_a_caption_and_no_lede() -> None:
    caption = "The late boat leaves the harbour of the island on a wet Monday."
    found = lay_out("Ferry council settles timetable", "By Ada March", caption, "Photo: Lena Voss", *PROSE)
    assert body(found) == list(PROSE)


def test_a_short_paragraph_above_a_caption_with_its_own_credit_is_the_lede() -> None:
    short = "The ferry council has settled the summer timetable in nine minutes, without a vote."
    for credit, opens in (("The council at its table © Ada March", short), ("(Foto: © Ada March)", PROSE[0])):
        found = lay_out("Ferry council settles timetable", "By Ben Quill", "28 April 2025", short, credit, *PROSE)
        assert body(found)[0] == opens


def test_a_summary_in_a_box_is_not_the_story() -> None:
    box = ("The council met on Monday in the old house.", "There will be a late boat on weekdays from June.")
    found = lay_out(
        "Ferry council settles timetable", "By Ada March", "28 April 2025", "In brief", *box, "Show more", *PROSE
    )
    assert body(found) == list(PROSE)


def test_a_dateline_of_an_agency_that_takes_pictures_is_no_caption() -> None:
    first = "SALTHAVEN (AP) — The ferry council met on Monday and settled it."
    assert lines.read((Block(first, 1),))[0].kind == "prose"


def test_a_label_glued_to_a_caption_is_still_a_label() -> None:
    assert lines.read((Block("Image captionA boat leaves the harbour", 1),))[0].kind == "caption"
    assert lines.read((Block("Captions are dull", 1),))[0].kind == "text"


def test_the_entries_of_a_live_report_are_its_story() -> None:
    entries = [
        "Good morning from the pier, where it rains.",
        "The harbour master has come out to talk of boats.",
        "That is all for today, and thank you for your company.",
    ]
    live = [part for time, entry in zip(("9.15", "8.40", "7.02"), entries, strict=True) for part in (time, entry)]
    found = lay_out("Ferry talks: as it happened", "By Ada March", *PROSE, *live, "Share")
    assert [entry for entry in entries if entry not in body(found)] == []


def test_answers_of_an_interview_are_its_story() -> None:
    said = [f"A. I have crossed {number} times and never once fell in." for number in ("six", "ten", "sixty", "twelve")]
    asked = ["Q. How often?", "Q. Really?", "Q. In winter?", "Q. And since?"]
    talk = [line for pair in zip(asked, said, strict=True) for line in pair]
    found = lay_out("Ferry council settles timetable", *PROSE, *talk[:6], "Read also: a boat was lost", *talk[6:])
    assert [line for line in said if line not in body(found)] == []


def test_a_paragraph_that_a_paywall_cuts_is_kept() -> None:
    cut = "The third boat, which was to be built of larch and oak in the yard of the island, will"
    found = lay_out("Ferry council settles timetable", *PROSE, cut, "Subscribe to continue")
    assert body(found)[-1] == cut


def test_the_counter_of_a_gallery_is_no_heading() -> None:
    found = lay_out("Ferry council settles timetable", PROSE[0], PROSE[1], "1 / 4", PROSE[2])
    assert body(found) == list(PROSE)


def sections(*printed: str) -> object:
    return next((clue.value for clue in category.clues(lay_out(*printed)) if clue.field == "categories"), None)


TITLE = ("Ferry council settles summer timetable", "By Ada March", "April 28, 2025")


def test_a_kicker_that_the_menu_holds_too_is_a_category() -> None:
    menu = ("Home", "Tide Tables", "Island Life", "Shop")
    assert sections(*menu, "Search this site for boats:", "Island Life", *TITLE, *PROSE) == ("Island Life",)


def test_a_kicker_that_stands_nowhere_else_is_no_category() -> None:
    assert sections("Search this site for boats:", "Island Life", *TITLE, *PROSE) is None


def test_the_last_link_of_a_menu_is_no_category() -> None:
    assert sections("Island Life", "Tide Tables", "Gift Shop", *TITLE, *PROSE, "Copyright", "Gift Shop") is None


def test_numbered_breadcrumbs_are_read() -> None:
    crumbs = ("1. Home", "2. Boats", "3. Ferries")
    found = page.lay_out(
        lines.read(tuple(Block(text, number, number == 4) for number, text in enumerate((*crumbs, *TITLE, *PROSE), 1)))
    )
    assert found is not None
    assert values(list(category.clues(found))) == [("Boats", "Ferries")]


def test_categories_behind_a_label_below_the_story_end_before_its_tags() -> None:
    filed = "Abgelegt unter Boote, Wetter | 3 Kommentare"
    assert sections(*TITLE, *PROSE, filed) == ("Boote", "Wetter")
    assert sections(*TITLE, *PROSE, "Kategorien: Boote, Wetter Schlagwörter: Wind, Wellen") == ("Boote", "Wetter")


def test_a_byline_in_a_breadcrumb_is_no_category() -> None:
    assert sections("Home | Boats | By Ada March | April 28, 2025", TITLE[0], *PROSE) == ("Boats",)


def test_two_bylines_above_one_teaser_make_a_list_of_stories() -> None:
    printed = (
        *("Ferry council settles timetable", "By Ada March", "April 28, 2025"),
        *("Library lends its last typewriter", "By Lena Voss", "April 27, 2025"),
        *("County opens bids for a bridge", "Commissioners say the second one will be wider."),
        *("Choir asks drivers to idle", "Ice cream van goes silent", "Baker wins a prize", "Next page", "Older"),
    )
    assert page.lay_out(lines.read(tuple(Block(text, number) for number, text in enumerate(printed, 1)))) is None


TEASERS = (
    ("Lighthouse gets a new lamp", "The lamp that has shone since the war is replaced in June, the board says today."),
    ("Choir looks for tenors", "Two concerts are planned before Christmas, and too few voices are low or high enough."),
    (
        "Bakery moves to the quay",
        "The oldest oven of the island is carried downhill next week, stone by stone by hand.",
    ),
    ("Storm takes four roofs", "Nobody was hurt on Sunday night, though the school will be closed until next Friday."),
    ("Library opens on Sundays", "Volunteers will lend books after church, as the council decided in a short meeting."),
    ("School wins chess prize", "The youngest team of the county lost only one game of twelve, and that one on time."),
)


def run_of(*printed: str) -> story_body.Run:
    run = story_body.find(lines.read(tuple(Block(text, number) for number, text in enumerate(printed, 1))))
    assert run is not None
    return run


def test_a_short_dispatch_outweighs_a_long_list_of_teasers() -> None:
    teasers = [part for teaser in TEASERS for part in teaser]
    dispatch = "SALTHAVEN (AP) — The ferry council settled the summer timetable on Monday, its chairman said."
    run = run_of("Harbour pages", *teasers, *teasers, *["Next page"] * 9, "Ferries sail late", dispatch, PROSE[1])
    assert (run.start, run.stop) == (35, 37)


def test_of_two_texts_alike_the_first_is_the_article() -> None:
    other = (
        "Readers of the island paper say the new benches at the quay are too low for most of them.",
        "The carpenter who built them answered that they were made for children, as the plan said.",
        "A third bench will be built in autumn by his daughter, and nobody knows yet how high it is.",
        "The council has put aside a small sum for cushions, should the quarrel last until winter.",
    )
    run = run_of("Ferry council settles timetable", *PROSE, *["Next page"] * 20, "Benches too low for most", *other)
    assert (run.start, run.stop) == (1, 4)


def test_what_a_site_says_of_itself_is_not_the_article() -> None:
    site = (
        "Sign up for our newsletter and get free access to every story on our website, by email and in our app.",
        "Subscribe today: your account gives you unlimited access to our digital edition, podcasts and newsletters.",
        "Members support our journalism; please log in to your account or contact us by email to cancel any time.",
    )
    found = lay_out("Ferry council settles timetable", *PROSE[:2], *["Menu"] * 20, "Become a member", *site)
    assert body(found) == list(PROSE[:2])


def test_a_cloud_of_tags_is_no_prose() -> None:
    tags = "anchor bakery boats bridge choir council county dredging ferries fishing harbour island lamps library "
    (line,) = lines.read((Block(tags * 4, 1),))
    assert line.kind == "text"


def test_a_long_sentence_without_a_stop_is_prose() -> None:
    (line,) = lines.read((Block("the boats that sail late in summer, " * 6 + "are not enough for the island", 1),))
    assert line.prose


def speaks_for(heading: str, *blocks: Block) -> float:
    """What speaks for a line between two paragraphs being a heading."""
    read = lines.read(blocks)
    at = next(at for at, line in enumerate(read) if line.text == heading)
    told = [Passage(at - 1, at, 90.0), Passage(at + 1, at + 2, 90.0)]
    return weights.score(next(features for where, features in shortlines.short_features(read, told) if where == at))


def test_a_line_that_a_page_prints_again_and_again_is_hardly_a_heading() -> None:
    once = (Block(PROSE[0], 1), Block("A second boat", 2), Block(PROSE[2], 3))
    again = (*once, Block("A second boat", 4), Block("A second boat", 5))
    assert speaks_for("A second boat", *again) < speaks_for("A second boat", *once) - 1


def test_between_long_paragraphs_a_short_line_is_less_likely_a_heading() -> None:
    read = lines.read((Block(PROSE[0], 1), Block("A second boat", 2), Block(PROSE[2], 3)))
    short, long = (
        weights.score(next(shortlines.short_features(read, [Passage(0, 1, size), Passage(2, 3, size)]))[1])
        for size in (90.0, 900.0)
    )
    assert long < short - 1


def test_a_question_at_the_end_of_a_passage_speaks_less_for_it_than_a_stop() -> None:
    place = passages.Place(0, 0, 0, 3, frozenset())
    scores = []
    for end in ("boats may sail late.", "would boats sail late?"):
        read = lines.read(
            (Block(PROSE[0], 1), Block(f"The harbour master asked in the paper {end}", 2), Block(PROSE[1], 3))
        )
        scores.append(
            weights.score(list(evidence.features_of(read, [Passage(at, at + 1, 90.0) for at in range(3)], place))[1])
        )
    assert scores[1] < scores[0]


def test_an_item_of_a_list_is_chrome_as_the_line_is_without_its_mark() -> None:
    for mark in ("", "* ", "+ ", "• "):
        (line,) = lines.read(
            (Block(f"{mark}Sign up to hear what the harbour says each week, in a letter of four pages.", 1),)
        )
        assert line.kind == "notice"


def test_a_few_short_sentences_below_a_date_are_a_story() -> None:
    told = ("Гречка подешевела за неделю на три рубля.", "Продавцы ждут урожая.", "Снижение продлится до мая.")
    found = lay_out("Цены на гречку снизились", "16 марта 2026, 11:20", *told, "Популярное")
    assert body(found) == list(told)
    assert page.lay_out(lines.read(Block(text, at) for at, text in enumerate(("Экономика", *told), 1))) is None


def test_a_short_sentence_ends_a_story_in_a_script_that_says_much_with_few_letters() -> None:
    told = (
        "북섬 나루터가 이십 년 만에 다시 문을 열었고 주민이 반긴다.",
        "“배는 작다.” 사공이 말했다.",
    )
    found = lay_out("나루터 다시 열려", "2026년 3월 16일", *told, "댓글", "공유")
    assert body(found) == list(told)


def test_a_live_report_opens_with_its_dateline() -> None:
    opening = "SALTHAVEN, Maine (AP) — The latest on the strike of the ferry crews (all times local):"
    found = lay_out("The Latest: Ferry crews go home", opening, "9:34 p.m.", *PROSE)
    assert body(found)[0] == opening


def test_a_dateline_on_a_line_of_its_own_is_no_headline() -> None:
    found = lay_out("SALTHAVEN, Maine -", *PROSE)
    assert (found.title_at, found.before) == (None, "SALTHAVEN, Maine -")
    assert body(found) == list(PROSE)


def test_a_dispatch_begins_above_what_seems_to_be_a_caption() -> None:
    lede = "SALTHAVEN, Maine (AP) — The ferry council met on Monday."
    credited = "The harbour master took the picture of the old customs house and its council. Photo: Ida Wren"
    found = lay_out("Ferry council settles timetable", "By Ada March", lede, credited, *PROSE)
    assert body(found)[0] == lede


def test_a_sentence_about_photos_names_no_agency_of_photos() -> None:
    told = (
        "The two islands are to have a tower from which guests may look for the ferries that come home late in the"
        " evening, point at seals, watch the tide come in across the long flat sands, and snap photos of it all."
    )
    assert [line.kind for line in lines.read((Block(told, 1),))] == ["prose"]


def test_a_brief_alone_in_its_file_is_an_article() -> None:
    found = lay_out("Two rescued from fishing boat off Skarn Point", "Drivers were asked to use another route.")
    assert found.title_at == 0
    assert body(found) == ["Drivers were asked to use another route."]


def test_a_player_that_loads_does_not_end_the_story() -> None:
    (line,) = lines.read((Block("Loading...", 1),))
    assert line.kind == "share"


def test_a_newsletter_form_above_the_story_is_none_of_it() -> None:
    form = (
        "Please enter a valid email",
        "Something went wrong, please try again later.",
        "We use your sign-up to send you news in the ways that you have agreed to, and to learn what you like to read.",
    )
    assert body(lay_out("Ferry timetable settled for the summer", *form, *PROSE)) == list(PROSE)


def test_a_story_may_end_with_a_very_short_sentence() -> None:
    assert (
        body(lay_out("Ferry council settles timetable", "By Ada March", *PROSE, "No one was hurt."))[-1]
        == "No one was hurt."
    )
    for below in ("Fen Post e.V.", "Subscribe to us.", "Ada March."):
        assert body(lay_out("Ferry council settles timetable", "By Ada March", *PROSE, below)) == list(PROSE)


def test_a_question_below_a_label_is_the_title_of_another_story() -> None:
    other = ("Related", "Who is to pay for all of the new piers?")
    assert body(lay_out("Ferry council settles timetable", "By Ada March", *PROSE[:2], *other, PROSE[2])) == list(PROSE)


INDEX = (
    "Night ferry returns after ten years", "The boat leaves at nine on Fridays, and fares stay as they were.",
    "May 14, 2025",
    "Harbour master to retire in June", "He has watched the boats come and go for forty years, and it is enough.",
    "May 10, 2025",
    "Storm closes the pier for a week", "Waves broke two of its planks, and all of the rail must be renewed.",
    "May 2, 2025",
)  # fmt: skip


def test_titles_with_a_sentence_and_a_day_each_are_an_index() -> None:
    assert read("Home", "Tag: ferries", *INDEX, "Older posts") is None
    assert read("Home", *(INDEX[at + step] for at in (0, 3, 6) for step in (0, 2, 1)), "Older posts") is None


def test_the_days_of_a_chronicle_are_no_index() -> None:
    days = [text for at in (0, 3, 6) for text in (INDEX[at + 2], INDEX[at + 1])]
    assert read("Home", "How Salthaven got its night ferry back", PROSE[0], *days) is not None
    printed = as_lines("How Salthaven got its night ferry back", *days)
    assert not messages.is_index(printed, [line for line in printed if line.prose], "")


def test_days_that_paragraphs_speak_of_are_no_index() -> None:
    told = (
        "Ada March, 94, of Salthaven, died May 12, 2025, at home.",
        "She was born in Fenwick on June 3, 1931, and kept the lighthouse.",
        "A service will be held on the island on May 20, 2025, at noon.",
    )
    printed = as_lines("Obituaries", "Ada March, June 3, 1931 – May 12, 2025", *told)
    assert [line.dated for line in printed] == [False, True, True, True, True]
    assert not messages.is_index(printed, [line for line in printed if line.prose], "")


def test_a_page_named_for_an_author_lists_what_they_wrote() -> None:
    told = ("Ada March is the harbour correspondent of the Fen Post.", "She has written about boats for twelve years.")
    listed = ("Latest by Ada March", INDEX[0], INDEX[2], INDEX[3], INDEX[5])
    assert read("Ada March", *told, *listed) is None
    assert read("Ada March", *told, "Latest news", *listed[1:]) is not None


@pytest.mark.parametrize(
    ("headline", "told"),
    [
        (
            "451: Unavailable due to legal reasons",
            "We know that you come from a country to which we can grant no access.",
        ),
        ("Hinweis", "Dieses Angebot ist in Ihrem Land nicht verfügbar, wofür wir um Ihr Verständnis bitten."),
        ("Contact us", "You can reach our newsroom by telephone from eight in the morning until ten at night."),
    ],
)
def test_a_page_that_serves_its_readers_is_no_article(headline: str, told: str) -> None:
    assert read(headline, told) is None
