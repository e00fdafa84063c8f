"""What `learn` finds on the pages of one site, what it never proposes, and what a build does with it.

The site is invented: a menu, its name behind every title, a line of small print whose parts are glued, with accounts
and categories that no table knows, a newsletter in whole sentences, and a footer.
"""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW, Project, prose
from feedpub import config, learn
from feedpub.errors import ConfigError, EmptySource
from feedpub.finders import housestyle
from feedpub.finders import learned as finder
from feedpub.model import Lesson, Profile, Rules
from feedpub.report import Silence

SITE = "Sluice & Sedge"
CATEGORIES = ("Life on the Fen", "Eels of the Week", "Notes from a Sluice")
AUTHORS = ("TJ", "mara.k", "osric_b", "AJ")
NEWSLETTER = "Every Friday our keeper writes a letter about the water, and you can have it for nothing."
READERS = "Join {count} neighbours who read it before the kettle has boiled on a Friday morning."
SUPPORT = "Keep the lantern lit"
CLOCK = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
PAGES = 12


def title(number: int) -> str:
    things = "eel heron otter punt lantern weir reed bittern windmill ferry sluice willow".split()
    return f"Keeper finds the {things[number % 12]} behind the old pumping station"


def page(number: int) -> str:
    """Give one page of the site as it would be dumped."""
    small_print = f"{AUTHORS[number % 4]}{CATEGORIES[number % 3]}{number % 7 + 2} hours ago{number * 3 + 1} Views"
    story = prose(f"fen {number}").split("\n\n")
    return "\n".join(
        (
            SITE,
            "Tidal almanac",
            SUPPORT,
            "",
            f"{title(number)} | {SITE}",
            "",
            small_print,
            "",
            *(f"{paragraph}\n" for paragraph in story),
            NEWSLETTER,
            READERS.format(count=4000 + 17 * number),
            "",
            SUPPORT,
            f"© 2025 {SITE}. All rights reserved.",
        )
    )


def site(project: Project, pages: int = PAGES) -> Project:
    for number in range(pages):
        (project.seeds / f"{number:02}.txt").write_text(page(number), encoding="utf-8")
    project.settings(
        site={"title": "Morning Wire", "url": "https://example.org/news/"},
        sources={"path": "seeds", "captured": NOW},
    )
    return project


def with_sources(project: Project, **keys: Any) -> None:
    """Name a profile, or anything else, under [[sources]]."""
    lines = ["[[sources]]", 'path = "seeds"', f"captured = {NOW.isoformat()}"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in keys.items()]
    (project.root / "feedpub.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def fen(project: Project) -> Project:
    """Give a project with the pages of the invented site."""
    site(project)
    with_sources(project)
    return project


def learned(project: Project) -> Lesson:
    return learn.learn(learn.only(project.made(), str(project.seeds)), Silence())


def run(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = project.run(*arguments, **CLOCK)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def texts(seen: Any) -> list[str]:
    return [one.text for one in seen]


# ── what it proposes ──


def test_the_sites_name_is_learned_from_what_stands_behind_its_titles(fen: Project) -> None:
    found = learned(fen).site_name
    assert found is not None
    assert (found.text, found.pages) == (SITE, PAGES)


def test_categories_and_authors_are_parted_where_both_sides_recur(fen: Project) -> None:
    lesson = learned(fen)
    assert sorted(texts(lesson.categories)) == sorted(CATEGORIES)
    assert sorted(texts(lesson.authors)) == sorted(AUTHORS)
    assert {seen.pages for seen in lesson.categories} == {4}
    assert {seen.pages for seen in lesson.authors} == {3}


def test_the_shape_of_the_small_print_is_learned(fen: Project) -> None:
    found = learned(fen).shape
    assert found is not None
    assert (found.text, found.pages) == ("author category time views", PAGES)


def test_lines_that_stand_on_nearly_every_page_are_chrome_whatever_their_numbers(fen: Project) -> None:
    chrome = {seen.text: seen.pages for seen in learned(fen).chrome}
    assert chrome[NEWSLETTER] == chrome[READERS.format(count=0)] == chrome[SUPPORT] == chrome["Tidal almanac"] == PAGES


def test_each_finding_names_three_pages_on_which_it_stands(fen: Project) -> None:
    lesson = learned(fen)
    for seen in (*lesson.chrome, *lesson.categories, *lesson.authors):
        assert len(set(seen.examples)) == 3
        assert all(seen.text in page(int(path[6:8])) for path in seen.examples if "0 neighbours" not in seen.text)


def test_a_line_that_feedpub_knows_is_told_but_not_proposed(fen: Project) -> None:
    for number in range(PAGES):
        with (fen.seeds / f"{number:02}.txt").open("a", encoding="utf-8") as file:
            file.write("\nLeave a reply\n")
    lesson = learned(fen)
    assert "Leave a reply" in texts(lesson.known)
    assert "Leave a reply" not in texts(lesson.chrome)


def test_a_menu_of_categories_is_chrome(fen: Project) -> None:
    for number in range(PAGES):
        file = fen.seeds / f"{number:02}.txt"
        file.write_text("World\nPolitics\nSport\nCulture\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert {"World", "Politics", "Sport", "Culture"} <= set(texts(learned(fen).chrome))


def test_categories_that_stand_before_the_names_are_known_by_their_order(fen: Project) -> None:
    for number in range(PAGES):
        file = fen.seeds / f"{number:02}.txt"
        author, category = AUTHORS[number % 4], CATEGORIES[number % 3]
        file.write_text(file.read_text(encoding="utf-8").replace(author + category, category + author.upper()))
    lesson = learned(fen)
    assert sorted(texts(lesson.categories)) == sorted(CATEGORIES)
    assert lesson.shape is not None
    assert lesson.shape.text == "category author time views"


def test_without_a_name_behind_the_titles_it_is_the_first_line_that_holds_the_rights(fen: Project) -> None:
    for number in range(PAGES):
        file = fen.seeds / f"{number:02}.txt"
        file.write_text(file.read_text(encoding="utf-8").replace(f" | {SITE}", ""), encoding="utf-8")
    found = learned(fen).site_name
    assert found is not None
    assert found.text == SITE


def rewritten(project: Project, change: Callable[[int, str], str]) -> None:
    """Write each page of the site anew."""
    for number in range(PAGES):
        file = project.seeds / f"{number:02}.txt"
        file.write_text(change(number, file.read_text(encoding="utf-8")), encoding="utf-8")


WRITERS = ("Ada March", "Ben Quill", "Cora Lund", "Dov Amsel")


def signed_by_words(number: int, text: str) -> str:
    """Print a house's own words before its names, and who took the pictures behind a stroke."""
    return re.sub(r"(?m)^.* Views$", f"Words {WRITERS[number % 4]} / Pictures Eli Thorn\n28 April 2025", text)


def test_words_before_names_are_learned_and_the_names_behind_them_read(fen: Project) -> None:
    rewritten(fen, signed_by_words)
    lesson = learned(fen)
    assert [(seen.text, seen.pages) for seen in lesson.bylines] == [("Words", PAGES)]
    assert sorted(texts(lesson.authors)) == sorted(WRITERS)
    items = build_with_profile(fen)
    assert {item["authors"][0]["name"] for item in items.values()} == set(WRITERS)


def test_words_before_one_and_the_same_name_are_not_learned(fen: Project) -> None:
    rewritten(fen, lambda number, text: signed_by_words(0, text))
    assert texts(learned(fen).bylines) == []


def initialled(number: int, text: str) -> str:
    """Sign every third page with a name, the others with initials at the end of the story."""
    name, initials = WRITERS[number % 2], ("trk", "bqu")[number % 2]
    if number % 3 == 0:
        return re.sub(r"(?m)^.* Views$", f"By {name}\n28 April 2025", text)
    text = re.sub(r"(?m)^.* Views$", "28 April 2025", text)
    return text.replace(f"\n\n{NEWSLETTER}", f" ({initials})\n\n{NEWSLETTER}")


def test_initials_are_learned_with_the_only_person_whose_they_can_be(fen: Project) -> None:
    rewritten(fen, initialled)
    assert sorted(texts(learned(fen).initials)) == ["bqu: Ben Quill", "trk:"]


def test_initials_without_a_name_are_a_comment_that_waits_for_one(fen: Project) -> None:
    rewritten(fen, initialled)
    written = run(fen, "learn", "seeds").stdout
    assert '\n    # "trk:",  # ' in written
    assert tomllib.loads(written)["initials"] == ["bqu: Ben Quill"]


def test_initials_say_who_wrote_where_no_name_does(fen: Project) -> None:
    rewritten(fen, initialled)
    names = {item["title"]: [author["name"] for author in item["authors"]] for item in build_with_profile(fen).values()}
    assert names[title(1)] == ["Ben Quill"]
    assert names[title(0)] == ["Ada March"]


def with_path(number: int, text: str) -> str:
    """Print a menu, and the article's path above its title."""
    path = f"Gatehouse / {MENU[number % 4]} / Story\n{title(number)}"
    return text.replace(SITE, f"{SITE}\n{NAMES}", 1).replace(title(number), path, 1)


def test_what_paths_begin_with_is_no_category(fen: Project) -> None:
    rewritten(fen, with_path)
    lesson = learned(fen)
    assert lesson.home is not None
    assert lesson.home.text == "Gatehouse"
    assert "Gatehouse" not in texts(lesson.categories)
    assert all("Gatehouse" not in item["tags"] for item in build_with_profile(fen).values())


def test_what_paths_begin_with_is_not_the_sites_name(fen: Project) -> None:
    rewritten(fen, lambda number, text: with_path(number, text).replace(f" | {SITE}", ""))
    found = learned(fen).site_name
    assert found is not None
    assert found.text == SITE


MENU = ("Above the Sluice", "Tides & Winds", "On the Allotment", "Harbour Talk")
NAMES = "\n".join(MENU)


def test_categories_in_capitals_are_spelled_as_the_menu_spells_them(fen: Project) -> None:
    def in_capitals(number: int, text: str) -> str:
        text = text.replace(CATEGORIES[number % 3], "").replace(SITE, "\n".join((SITE, *CATEGORIES)), 1)
        return text.replace(f"{title(number)} |", f"{CATEGORIES[number % 3].upper()}\n{title(number)} |")

    rewritten(fen, in_capitals)
    assert sorted(texts(learned(fen).categories)) == sorted(CATEGORIES)
    items = build_with_profile(fen)
    assert {title(number): [CATEGORIES[number % 3]] for number in range(PAGES)} == {
        name: item["tags"] for name, item in items.items()
    }


# ── what it never proposes ──


def test_a_word_of_capitals_is_not_parted(fen: Project) -> None:
    volume = [f"Volume CXLI, no. {number + 1} · 28 April 2025" for number in range(PAGES)]
    rewritten(fen, lambda number, text: re.sub(r"(?m)^.* Views$", volume[number], text))
    lesson = learned(fen)
    assert texts(lesson.categories) == texts(lesson.authors) == []


def test_the_title_of_an_article_that_all_pages_list_is_not_chrome(fen: Project) -> None:
    rewritten(fen, lambda number, text: f"{text.replace(f' | {SITE}', '')}\nMost read on the fen\n{title(4)}\n")
    chrome = texts(learned(fen).chrome)
    assert "Most read on the fen" in chrome
    assert title(4) not in chrome
    assert title(4) in build_with_profile(fen)


def chaptered(between: str) -> Callable[[int, str], str]:
    """Make the stories long, and print a line in the middle of each."""

    def longer(number: int, text: str) -> str:
        chapters = ["\n\n".join(prose(f"{number} {chapter} {part}") for part in range(15)) for chapter in range(2)]
        return text.replace(NEWSLETTER, f"\n\n{between}\n\n".join(chapters))

    return longer


def test_a_sentence_in_the_middle_of_long_stories_is_learned(fen: Project) -> None:
    rewritten(fen, chaptered(NEWSLETTER))
    assert NEWSLETTER in texts(learned(fen).chrome)


def test_a_heading_of_most_stories_is_told_but_not_proposed(fen: Project) -> None:
    rewritten(fen, chaptered("What the keeper needs"))
    lesson = learned(fen)
    assert texts(lesson.headings) == ["What the keeper needs"]
    assert "What the keeper needs" not in texts(lesson.chrome)
    assert '#   "What the keeper needs"  # 12' in run(fen, "learn", "seeds").stdout


def test_titles_and_prose_that_differ_are_never_chrome(fen: Project) -> None:
    chrome = texts(learned(fen).chrome)
    for number in range(PAGES):
        assert title(number) not in chrome
        assert not set(prose(f"fen {number}").split("\n\n")) & set(chrome)


@pytest.mark.parametrize(
    "line",
    [
        "April 28, 2025",
        "4 hours ago",
        "By Ada March",
        "Published",
        "FENLOCK (AP) — The keeper opened the sluice on Monday, as he does every week of the year.",
        "12 Comments",
        "* * *",
    ],
)
def test_lines_of_a_shape_that_varies_are_never_chrome(fen: Project, line: str) -> None:
    for number in range(PAGES):
        file = fen.seeds / f"{number:02}.txt"
        head, found, rest = file.read_text(encoding="utf-8").partition("Views\n\n")
        file.write_text(f"{head}{found}{line}\n\n{rest}", encoding="utf-8")
    assert line not in texts(learned(fen).chrome)


def test_a_sentence_has_to_stand_on_nine_pages_of_ten_and_a_label_on_six(fen: Project) -> None:
    sentence = "The keeper of the sluice may be visited on any day but Sunday, and brings his own tea."
    for number in range(8):
        with (fen.seeds / f"{number:02}.txt").open("a", encoding="utf-8") as file:
            file.write(f"\n{sentence}\n\nFriends of the sluice\n")
    chrome = texts(learned(fen).chrome)
    assert sentence not in chrome
    assert "Friends of the sluice" in chrome


def test_the_one_category_of_a_site_is_not_taken_for_chrome(fen: Project) -> None:
    for number in range(PAGES):
        file = fen.seeds / f"{number:02}.txt"
        file.write_text(file.read_text(encoding="utf-8").replace(f"{title(number)} |", f"World\n{title(number)} |"))
    assert "World" not in texts(learned(fen).chrome)


def test_copies_of_one_article_teach_nothing(fen: Project) -> None:
    for number in range(1, PAGES):
        (fen.seeds / f"{number:02}.txt").write_text(page(0), encoding="utf-8")
    with pytest.raises(EmptySource, match="1 different article found"):
        learned(fen)


def test_what_is_stated_beside_the_pages_is_not_learned_from_them(fen: Project) -> None:
    (fen.seeds / "_defaults.meta.toml").write_text('author = "Ada March"\ncategory = "Stated"\n', encoding="utf-8")
    lesson = learned(fen)
    assert "Ada March" not in texts(lesson.authors)
    assert "Stated" not in texts(lesson.categories)


# ── the profile ──


def test_the_profile_is_toml_that_loads_and_names_its_pages(fen: Project, tmp_path: Path) -> None:
    done = run(fen, "learn", "seeds", "-o", "profiles/fen.toml")
    assert done.returncode == 0, done.stderr
    file = fen.root / "profiles/fen.toml"
    written = file.read_text(encoding="utf-8")
    profile = config.load_profile(file)
    assert profile == learn.profile_of(learned(fen))
    assert profile.site_name == SITE
    assert set(CATEGORIES) == set(tomllib.loads(written)["categories"])
    row = next(line for line in written.splitlines() if NEWSLETTER in line)
    assert row.endswith("# 12: 00.txt, 01.txt, 02.txt")


def test_without_an_output_the_profile_goes_to_standard_output_and_the_talk_elsewhere(fen: Project) -> None:
    done = run(fen, "learn", "seeds")
    assert tomllib.loads(done.stdout)["site_name"] == SITE
    assert "changed by it" in done.stderr


def test_learn_says_what_the_profile_would_change(fen: Project) -> None:
    changes = {change.field: change for change in learned(fen).changes}
    assert changes["authors"].pages >= 6
    assert changes["categories"].pages >= 6
    assert changes["body"].pages == PAGES
    lost = [example.before for example in changes["body"].examples]
    assert lost == [NEWSLETTER, READERS.format(count=4000)]  # each once, though all pages lose both
    table = run(fen, "learn", "seeds", "-o", "fen.toml").stdout
    assert "seeds/00.txt" in table
    assert "wrote fen.toml" in table


def test_the_report_as_json_has_all_of_it(fen: Project) -> None:
    report = json.loads(run(fen, "learn", "seeds", "--json").stdout)
    assert report["pages"] == PAGES
    assert report["site_name"] == {
        "text": SITE,
        "pages": PAGES,
        "examples": ["seeds/00.txt", "seeds/01.txt", "seeds/02.txt"],
    }
    assert {change["field"] for change in report["changes"]} == {"title", "authors", "categories", "published", "body"}


def test_every_key_of_the_report_as_json_is_explained(fen: Project) -> None:
    page = (Path(__file__).parents[2] / "docs/commands.md").read_text(encoding="utf-8")
    section = page.partition("## `feedpub learn`")[2].partition("\n## ")[0]
    report = json.loads(run(fen, "learn", "seeds", "--json").stdout)
    keys = {*report, *report["site_name"], *report["changes"][0], *report["changes"][0]["examples"][0]}
    assert keys <= set(re.findall(r"`([a-z_]+)`", section))


def test_learn_touches_nothing_but_the_profile(fen: Project) -> None:
    before = {str(file) for file in fen.root.rglob("*")}
    run(fen, "learn", "seeds", "-o", "fen.toml")
    assert {str(file) for file in fen.root.rglob("*")} - before == {str(fen.root / "fen.toml")}


# ── a build with it ──


def build_with_profile(project: Project) -> dict[str, dict[str, Any]]:
    run(project, "learn", "seeds", "-o", "profiles/fen.toml")
    with_sources(project, profile="profiles/fen.toml")
    project.build()
    return {item["title"]: item for item in project.items()}


def test_a_build_reads_with_the_profile_what_it_misreads_without(fen: Project) -> None:
    fen.build()
    without = {item["title"]: item for item in fen.items()}
    items = build_with_profile(fen)
    assert set(items) == {title(number) for number in range(PAGES)}
    misread = 0
    for number in range(PAGES):
        item = items[title(number)]
        assert [author["name"] for author in item["authors"]] == [AUTHORS[number % 4]]
        assert item["tags"] == [CATEGORIES[number % 3]]
        assert NEWSLETTER not in item["content_html"]
        assert "neighbours" not in item["content_html"]
        for paragraph in prose(f"fen {number}").split("\n\n"):
            assert paragraph in item["content_html"]
        before = without.get(title(number), {})
        misread += before.get("tags") != item["tags"] or NEWSLETTER in before["content_html"]
    assert misread == PAGES


def test_a_page_alone_reads_as_among_twenty(fen: Project, tmp_path: Path) -> None:
    items = build_with_profile(fen)
    for number in range(1, PAGES):
        (fen.seeds / f"{number:02}.txt").unlink()
    fen.ledger.unlink()
    for file in fen.feeds.rglob("*"):
        if file.is_file():
            file.unlink()
    fen.build()
    (alone,) = fen.items()
    assert alone["title"] == title(0)
    for key in ("authors", "tags", "content_html", "summary", "date_published"):
        assert alone[key] == items[title(0)][key]


def test_a_changed_profile_reads_its_pages_again(fen: Project) -> None:
    build_with_profile(fen)
    file = fen.root / "profiles/fen.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(NEWSLETTER, "Another line"), encoding="utf-8")
    assert fen.build().tally["updated"] == PAGES
    assert fen.build().tally.get("updated", 0) == 0


def test_a_category_of_the_menu_that_is_printed_again_is_the_pages_own(fen: Project) -> None:
    for number in range(PAGES):
        file = fen.seeds / f"{number:02}.txt"
        text = file.read_text(encoding="utf-8").replace(CATEGORIES[number % 3], "")
        text = text.replace(f"{title(number)} |", f"Politics\n{title(number)} |")
        file.write_text("World\nPolitics\nSport\nCulture\n\n" + text, encoding="utf-8")
    assert all(item["tags"] == ["Politics"] for item in build_with_profile(fen).values())


def test_a_category_alone_is_the_pages_own_though_a_menu_at_the_foot_has_it(fen: Project) -> None:
    for number in range(PAGES):
        file = fen.seeds / f"{number:02}.txt"
        text = file.read_text(encoding="utf-8").replace(CATEGORIES[number % 3], "")
        text = text.replace(f"{title(number)} |", f"Politics\n{title(number)} |")
        file.write_text(text + "\nWorld\nPolitics\nSport\nCulture\n", encoding="utf-8")
    assert all(item["tags"] == ["Politics"] for item in build_with_profile(fen).values())


def test_chrome_between_the_paragraphs_goes_and_every_paragraph_stays(fen: Project) -> None:
    block = f"{SUPPORT}\n{NEWSLETTER}\nTidal almanac\n{SUPPORT}\n{NEWSLETTER}"
    for number in range(PAGES):
        file = fen.seeds / f"{number:02}.txt"
        first, second, _ = prose(f"fen {number}").split("\n\n")
        inserted = f"{title(number)}, as he does every spring.\n\n{block}\n\n{first}\n\n{block}\n\n{second}"
        text = file.read_text(encoding="utf-8").replace(f"{first}\n\n{second}", inserted)
        assert inserted in text
        file.write_text(text, encoding="utf-8")
    for item in build_with_profile(fen).values():
        number = next(number for number in range(PAGES) if title(number) == item["title"])
        wanted = [f"{title(number)}, as he does every spring.", *prose(f"fen {number}").split("\n\n")]
        assert re.findall("<p>(.*?)</p>", item["content_html"]) == wanted


def test_a_numbered_line_between_two_paragraphs_stays(fen: Project) -> None:
    for number in range(PAGES):
        file = fen.seeds / f"{number:02}.txt"
        first, second, third = prose(f"fen {number}").split("\n\n")
        steps = f"{first}\n\nStep 1\n\n{second}\n\nStep 2\n\n{third}"
        text = file.read_text(encoding="utf-8").replace(f"{first}\n\n{second}\n\n{third}", steps)
        assert "Step 2" in text
        file.write_text(text, encoding="utf-8")
    for item in build_with_profile(fen).values():
        assert "Step 1" in item["content_html"]
        assert "Step 2" in item["content_html"]


def test_chrome_is_a_whole_line_and_never_a_part_of_one(fen: Project) -> None:
    quoted = f"“{NEWSLETTER}” So it says on the door of the pumping station, and the keeper means every word of it."
    file = fen.seeds / "00.txt"
    file.write_text(file.read_text(encoding="utf-8").replace(NEWSLETTER, f"{quoted}\n\n{NEWSLETTER}"), encoding="utf-8")
    html = build_with_profile(fen)[title(0)]["content_html"]
    assert "the keeper means every word of it" in html


@pytest.mark.parametrize(
    ("line", "authors", "categories"),
    [
        ("TJLife on the Fen4 hours ago6 Views", ("TJ",), ("Life on the Fen",)),
        ("By TJ | Life on the Fen | April 28, 2025", ("TJ",), ("Life on the Fen",)),
        ("new.handLife on the Fen4 hours ago", ("new.hand",), ("Life on the Fen",)),
        ("TJThe Lantern Room4 hours ago", ("TJ",), ("The Lantern Room",)),
        ("new.handFen, Life on the Fen4 hours ago", ("new.hand",), ("Fen", "Life on the Fen")),
        ("adminLife on the Fen4 hours ago", (), ("Life on the Fen",)),
        ("A Whole Other Life on the Fen4 hours ago", (), ()),
        ("World News4 hours ago", (), ()),
        ("Ada MarchWorld News4 hours ago", (), ()),
    ],
)
def test_small_print_is_taken_apart_only_where_the_sites_own_names_explain_it(
    line: str, authors: tuple[str, ...], categories: tuple[str, ...]
) -> None:
    site = finder.known(Rules(profile=Profile(authors=("TJ",), categories=("Fen", "Life on the Fen", "News"))))
    assert finder.take_apart(line, site) == finder.Parts(authors, categories)


# ── rows of one's own ──


def test_an_agency_of_ones_own_makes_a_dateline_and_no_author(project: Project) -> None:
    project.settings(tables={"agencies": ["Fenland Press Service"], "roles": ["tide correspondent"]})
    story = prose("own")
    project.write(
        "a.txt",
        title="Keeper opens the sluice at dawn\n\nBy Ada March, tide correspondent, Fenland Press Service",
        text=f"Nether Sedge (Fenland Press Service) — {story}",
    )
    project.build()
    (item,) = project.items()
    assert [author["name"] for author in item["authors"]] == ["Ada March"]
    assert item["content_html"].startswith(f"<p>{story[:40]}")


def test_a_line_of_chrome_of_ones_own_is_left_out(project: Project) -> None:
    project.settings(tables={"chrome": [NEWSLETTER]})
    project.write("a.txt", text=f"{prose('own')}\n\n{NEWSLETTER}")
    project.build()
    (item,) = project.items()
    assert NEWSLETTER not in item["content_html"]
    assert prose("own").split("\n\n")[-1] in item["content_html"]


def test_words_of_ones_own_before_names_are_known(project: Project) -> None:
    project.settings(tables={"bylines": ["Told by"]})
    project.write("a.txt", title="Keeper opens the sluice at dawn\n\nTold by Ada March and Ben Quill\nApril 28, 2025")
    project.build()
    (item,) = project.items()
    assert [author["name"] for author in item["authors"]] == ["Ada March", "Ben Quill"]
    assert "Told by" not in item["content_html"]


def test_a_sentence_that_begins_with_such_words_stays_in_the_story(project: Project) -> None:
    project.settings(tables={"bylines": ["Words"]})
    sentence = "Words fail the keeper, who has opened the sluice every morning for thirty years."
    project.write(
        "a.txt", title="Keeper opens the sluice at dawn\n\nApril 28, 2025", text=f"{prose('own')}\n\n{sentence}"
    )
    project.build()
    (item,) = project.items()
    assert sentence in item["content_html"]


@pytest.mark.parametrize(
    ("story", "below", "found"),
    [
        (["The boats rest.", "They sail again soon. (adm)"], [], ["Ada March"]),
        (["(adm/bq) The boats rest."], [], ["Ada March", "Ben Quill"]),
        (["Balje [adm]. The boats rest."], [], ["Ada March"]),
        (["The boats rest."], ["bq"], ["Ben Quill"]),
        (["The boats rest (adm) and wait for a wind from the north."], ["Tides"], ["Ada March"]),
        (["The boats rest, they wait, and nobody at all knows for how long (adm) they will.", "Soon."], ["x"], []),
        (["The boats rest. (red)"], [], []),
    ],
)
def test_initials_sign_a_story_where_it_begins_or_ends(story: list[str], below: list[str], found: list[str]) -> None:
    known = housestyle.initials_of(["ADM: Ada March", "bq : Ben Quill"])
    assert list(housestyle.signed(story, below, known)) == found


def test_a_category_of_ones_own_is_parted_from_a_name(project: Project) -> None:
    project.settings(tables={"categories": ["Life on the Fen"]})
    project.write("a.txt", title="Keeper opens the sluice at dawn\n\nmara.kLife on the Fen4 hours ago6 Views")
    project.build()
    (item,) = project.items()
    assert item["tags"] == ["Life on the Fen"]
    assert [author["name"] for author in item["authors"]] == ["mara.k"]


def test_a_category_of_ones_own_is_known_alone_above_a_title(project: Project) -> None:
    project.settings(tables={"categories": ["Life on the Fen"]})
    project.write("a.txt", title="Life on the Fen\n\nKeeper opens the sluice at dawn\n\nApril 28, 2025")
    project.build()
    (item,) = project.items()
    assert (item["title"], item["tags"]) == ("Keeper opens the sluice at dawn", ["Life on the Fen"])


def test_a_category_of_ones_own_stays_in_the_breadcrumb(project: Project) -> None:
    project.settings(tables={"categories": ["Life on the Fen"]})
    head = "Home\nNews\nLife on the Fen\nKeeper opens the sluice at dawn"
    project.write("a.txt", title=f"{head}\n\nApril 28, 2025")
    project.build()
    (item,) = project.items()
    assert item["title"] == "Keeper opens the sluice at dawn"
    assert "Life on the Fen" in item["tags"]


def test_other_names_of_a_category_are_parted_from_a_name_too(project: Project) -> None:
    project.settings(categories={"Fen": ["Life on the Fen"]})
    project.write("a.txt", title="Keeper opens the sluice at dawn\n\nmara.kLife on the Fen4 hours ago6 Views")
    project.build()
    (item,) = project.items()
    assert item["tags"] == ["Fen"]


# ── what is wrong with settings and sources ──


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('site_nam = "x"', "line 1: unknown key `site_nam`", "did you mean `site_name`?"),
        ('site_name = "x"\nchrome = "y"', "line 2: `chrome`: expected a list of whole lines", ""),
        ('shape = "author colour"', "line 1: `shape`: unknown part `colour`", ""),
        ("categories = [1]", "line 1: `categories`: expected a list of names", ""),
        ('initials = ["am"]', "line 1: `initials`: expected a list of rows", ""),
        ('bylines = "Words"', "line 1: `bylines`: expected a list of what stands before names", ""),
        ('site_name = ["x"]', "line 1: `site_name`: expected a name", ""),
        ("authors = [", "", ""),
    ],
)
def test_a_wrong_profile_names_its_line_and_what_was_expected(
    project: Project, text: str, message: str, hint: str
) -> None:
    (project.root / "fen.toml").write_text(text, encoding="utf-8")
    with_sources(project, profile="fen.toml")
    with pytest.raises(ConfigError) as caught:
        config.load(project.root / "feedpub.toml")
    assert f"fen.toml, {message}" in caught.value.message or not message
    assert caught.value.hint == hint
    assert run(project, "build").returncode == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tables]\nagency = []", "unknown key `agency` in [tables]"),
        ('[tables]\nagencies = "x"', "`tables.agencies`: expected a list of names"),
        ("[tables]\ncategories = [1]", "`tables.categories`: expected a list of names"),
        ('[[sources]]\npath = "a"\nprofile = 1', "`sources.profile`: expected the name of a file"),
        ('[[sources]]\npath = "a"\nprofile = { site_name = "x" }', "`sources.profile`: expected the name of a file"),
    ],
)
def test_wrong_tables_and_profiles_in_the_settings_are_named(project: Project, text: str, message: str) -> None:
    (project.root / "feedpub.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config.load(project.root / "feedpub.toml")
    assert message in caught.value.message


def test_a_profile_that_is_not_there_is_an_error_with_a_hint(project: Project) -> None:
    with_sources(project, profile="profiles/none.toml")
    done = run(project, "build")
    assert done.returncode == 2
    assert "profiles/none.toml" in done.stderr
    assert "feedpub learn" in done.stderr


def test_a_profile_stands_at_the_settings_side_wherever_the_command_runs(fen: Project, tmp_path: Path) -> None:
    run(fen, "learn", "seeds", "-o", "profiles/fen.toml")
    with_sources(fen, profile="profiles/fen.toml")
    settings, _ = config.load(fen.root / "feedpub.toml")
    assert isinstance(settings.sources[0].profile, Profile)
    assert settings.sources[0].profile.site_name == SITE


def test_a_profile_is_never_written_over(fen: Project) -> None:
    file = fen.root / "fen.toml"
    file.write_text("reviewed = true\n", encoding="utf-8")
    done = run(fen, "learn", "seeds", "-o", "fen.toml")
    assert done.returncode == 2
    assert "exists already" in done.stderr
    assert file.read_text(encoding="utf-8") == "reviewed = true\n"


def test_too_few_pages_and_no_folder_exit_with_3(project: Project) -> None:
    site(project, pages=2)
    with_sources(project)
    few = run(project, "learn", "seeds")
    assert few.returncode == 3
    assert "3 or more" in few.stderr
    assert run(project, "learn", "nowhere").returncode == 3


def test_pages_of_several_sites_are_suspected(project: Project) -> None:
    for number in range(4):
        project.write(f"{number}.txt", title=title(number), text=prose(f"several {number}"))
    with_sources(project)
    assert "of several sites" in run(project, "learn", "seeds").stderr


def test_the_profile_names_its_own_file(fen: Project) -> None:
    run(fen, "learn", "seeds", "-o", "profiles/fen.toml")
    assert '#     profile = "profiles/fen.toml"' in (fen.root / "profiles/fen.toml").read_text(encoding="utf-8")


# ── the documentation ──


def test_the_page_on_profiles_shows_what_learn_writes_and_says(fen: Project) -> None:
    page = (Path(__file__).parents[2] / "docs/profiles.md").read_text(encoding="utf-8")
    done = run(fen, "learn", "seeds")
    said = (done.stdout + done.stderr).splitlines()
    shown = [block.partition("```")[0] for block in page.split("```toml\n# The site")[1:]]
    shown += [block.partition("```")[0] for block in page.split("```text\n12 articles")[1:]]
    lines = [line for block in shown for line in block.splitlines()[1:] if "[…]" not in line]
    assert len(lines) > 20
    assert [line for line in lines if line not in said] == []
