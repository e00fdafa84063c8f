"""What happened to an entry is remembered: by a build, in order, the newest fifty."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import NOW, Project, prose
from feedpub import history, pipeline
from feedpub.ledger import Ledger
from feedpub.model import Event
from feedpub.report import Silence

TITLE = "The a opens in the harbour"


def _told(project: Project) -> list[tuple[str, str]]:
    """Give what happened to the only entry: what, and how it was before."""
    return [(event.what, event.detail) for event in _events(project)]


def _events(project: Project) -> tuple[Event, ...]:
    with Ledger.read(str(project.ledger)) as ledger:
        (guid,) = (guid for (guid,) in ledger.ask("SELECT guid FROM entries WHERE path LIKE '%a.txt'"))
        return ledger.histories.of(guid)


@pytest.fixture
def site(project: Project) -> Project:
    """Give a site with an article `a.txt` and another one, built and a day older."""
    project.write("a.txt", title=TITLE)
    project.write("other.txt")
    project.build()
    project.now += timedelta(days=1)
    return project


def test_a_new_entry_has_no_history(site: Project) -> None:
    assert _told(site) == []


def test_a_build_with_nothing_new_tells_nothing(site: Project) -> None:
    site.build()
    (site.seeds / "a.txt").touch()
    site.build()
    assert _told(site) == []


def test_a_move_is_told_with_the_old_path(site: Project) -> None:
    site.move("a.txt", "b/a.txt")
    site.build()
    assert _told(site) == [("moved", "seeds/a.txt")]


def test_another_title_is_told_with_the_old_one(site: Project) -> None:
    site.write("a.txt", title="The a closes for the winter", text=prose("a.txt"))
    site.build()
    assert _told(site) == [("retitled", TITLE)]


def test_another_text_is_an_update_and_has_the_time_of_the_build(site: Project) -> None:
    site.write("a.txt", title=TITLE, text=prose("a.txt") + "\n\n" + prose("more"))
    site.build()
    assert _events(site) == (Event(NOW + timedelta(days=1), "updated"),)


def test_other_categories_amend_it(site: Project) -> None:
    site.state("a.txt", published=NOW - timedelta(hours=1), categories=["World"])
    site.build()
    assert _told(site) == [("amended", "")]


def test_leaving_and_coming_back_are_told_in_order(site: Project) -> None:
    text = (site.seeds / "a.txt").read_text(encoding="utf-8")
    site.delete("a.txt")
    site.build(shrink=True)
    site.write("b/a.txt", title=TITLE, text=text.partition("\n\n")[2].strip())
    site.build()
    assert _told(site) == [("withdrawn", ""), ("returned", ""), ("moved", "seeds/a.txt")]


def test_an_embargo_and_an_end_are_told(project: Project) -> None:
    project.write("other.txt")
    due, over = NOW + timedelta(days=2), NOW + timedelta(days=4)
    project.write("a.txt", published=due, expires=over)
    for day in range(6):
        project.now = NOW + timedelta(days=day)
        project.build()
    assert _events(project) == (Event(due, "released"), Event(over, "expired"))


def test_a_plan_tells_nothing(site: Project) -> None:
    site.move("a.txt", "b/a.txt")
    pipeline.plan(site.made(), now=site.now, jobs=1, watcher=Silence())
    assert _told(site) == []


def test_the_newest_fifty_events_are_kept(project: Project) -> None:
    project.write("a.txt")
    project.build()
    with Ledger.open(str(project.ledger)) as ledger:
        ledger.begin()
        for number in range(120):
            ledger.histories.note("urn:x", Event(NOW + timedelta(hours=number), "moved", str(number)))
        ledger.commit()
        assert [event.detail for event in ledger.histories.of("urn:x")] == [str(number) for number in range(70, 120)]


def test_a_state_that_is_entered_has_its_word() -> None:
    words = {
        ("held", "live"): "released",
        ("expired", "live"): "returned",
        ("live", "expired"): "expired",
        ("live", "withdrawn"): "withdrawn",
        ("withdrawn", "held"): "held",
    }
    for (before, after), word in words.items():
        assert history.change_of_state(before, after, NOW) == Event(NOW, word)  # type: ignore[arg-type]
