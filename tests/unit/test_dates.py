from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedpub.dates import from_dateline, from_solar, moment, plausible
from feedpub.finders import stamps
from feedpub.model import Capture, Moment, Trust

CAPTURE = Capture(datetime(2025, 4, 28, 18, 30, tzinfo=UTC), "sidecar", Trust.STATED)


def read(line: str, zone: str = "UTC", capture: Capture | None = CAPTURE) -> str | None:
    found = stamps.read(line)
    when = moment(found[0], capture=capture, zone=zone) if found else None
    return when and f"{when.value:%Y-%m-%d %H:%M} {when.precision}"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("April 28, 2025", "2025-04-28 12:00 day"),
        ("April 28, 20254:12 PM UTC", "2025-04-28 16:12 minute"),
        ("28 avril 2025 à 17h05", "2025-04-28 17:05 minute"),
        ("28.04.2025, 16:40 Uhr", "2025-04-28 16:40 minute"),
        ("Anno CXLI, n. 112 · domenica 23.II.2025", "2025-02-23 12:00 day"),
        ("28 IV 2025, 12:30", "2025-04-28 12:30 minute"),
        ("2025. IV. 28. 14:05", "2025-04-28 14:05 minute"),
        ("2025-04-28T15:20:30Z", "2025-04-28 15:20 second"),
        ("Mon 28 Apr 2025 14.40 BST", "2025-04-28 13:40 minute"),
        ("5:42 PM EDT, April 28, 2025", "2025-04-28 21:42 minute"),
        ("Apr 28, 2025 19:05 IST", "2025-04-28 13:35 minute"),
        ("January 28, 2025 9:00 am ET", "2025-01-28 14:00 minute"),
        ("July 28, 2024 9:00 am ET", "2024-07-28 13:00 minute"),
        ("28 APR, 16:05", "2025-04-28 16:05 minute"),
        ("2025年4月28日 15時40分", "2025-04-28 15:40 minute"),
        ("٢٨ أبريل ٢٠٢٥ - ١٥:٣٠", "2025-04-28 15:30 minute"),
        ("28 de abril de 2025", "2025-04-28 12:00 day"),
        ("28 kwietnia 2025", "2025-04-28 12:00 day"),
        ("28 Nisan 2025", "2025-04-28 12:00 day"),
        ("28 เมษายน 2568", "2025-04-28 12:00 day"),
        ("28 tháng 4, 2025", "2025-04-28 12:00 day"),
        ("2025. április 28.", "2025-04-28 12:00 day"),
        ("Madrid-28/04/2025 20:00 +02:00", "2025-04-28 18:00 minute"),
        ("4 hours ago", "2025-04-28 14:30 hour"),
        ("yesterday at 14:05", "2025-04-27 14:05 minute"),
        ("3 months ago", "2025-01-28 18:30 month"),
    ],
)
def test_a_printed_date_is_read(line: str, value: str) -> None:
    assert read(line) == value


@pytest.mark.parametrize(
    "line",
    [
        "6 Views",
        "May",
        "Sat",
        "2025",
        "10-12",
        "1.4K",
        "ago",
        "Version 3.11.2",
        "555-0137",
        "32 April 2025",
        "28.XIII.2025",
        "Elżbieta II 2022",
        "Page 2 of 14",
    ],
)
def test_what_is_no_date_is_none(line: str) -> None:
    assert read(line) is None


def test_a_naive_time_is_of_the_settings_zone() -> None:
    assert read("28.04.2025, 16:40 Uhr", zone="Europe/Berlin") == "2025-04-28 14:40 minute"


def test_a_moment_remembers_the_clock_of_its_page() -> None:
    found = moment(stamps.read("11:20 PM EDT, April 27, 2025")[0], capture=None, zone="UTC")
    assert found is not None
    assert (found.value.isoformat(), found.offset) == ("2025-04-28T03:20:00+00:00", -240)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("٣ hours ago", "2025-04-28 15:30 hour"),
        ("① hours ago", None),
        ("² days ago", None),
        ("saa ② zilizopita", None),
    ],
)
def test_a_digit_that_is_no_number_counts_nothing(line: str, value: str | None) -> None:
    assert read(line) == value


def test_a_relative_time_without_a_capture_can_not_be_told() -> None:
    assert read("4 hours ago", capture=None) is None


def test_a_date_without_a_year_is_the_latest_before_the_capture() -> None:
    assert read("December 30") == "2024-12-30 12:00 day"


def test_an_ambiguous_date_is_not_after_the_capture() -> None:
    assert read("04/05/2025") == "2025-04-05 12:00 day"


def test_a_part_above_twelve_is_the_day() -> None:
    assert read("04/28/2025") == read("28/04/2025") == "2025-04-28 12:00 day"


def test_labels_say_which_date_it_is() -> None:
    found = stamps.read("Published: April 27, 2025 at 6:00 a.m. | Updated: April 28, 2025 at 9:14 p.m.")
    assert [(stamp.role, stamp.month, stamp.day) for stamp in found] == [("published", 4, 27), ("updated", 4, 28)]


def test_a_leap_day_is_found_in_a_leap_year() -> None:
    found = from_dateline("02-29", "Feb. 29", CAPTURE)
    assert found is not None
    assert found.value.year == 2024


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), False),
        (datetime(2019, 1, 1, tzinfo=UTC), True),
        (datetime(2025, 4, 29, 12, tzinfo=UTC), True),
        (datetime(2025, 4, 30, tzinfo=UTC), False),
    ],
)
def test_news_is_neither_of_the_epoch_nor_of_the_future(value: datetime, *, expected: bool) -> None:
    assert plausible(Moment(value, "day"), CAPTURE) is expected


def test_a_guessed_capture_refutes_no_printed_date() -> None:
    guessed = Capture(CAPTURE.value, "mtime", Trust.GUESSED)
    assert plausible(Moment(datetime(2025, 6, 1, tzinfo=UTC), "day"), guessed)


@pytest.mark.parametrize(
    ("solar", "ours"),
    [
        ((1404, 2, 8), (2025, 4, 28)),
        ((1403, 12, 30), (2025, 3, 20)),  # of a leap year
        ((1399, 1, 1), (2020, 3, 20)),
        ((1400, 7, 1), (2021, 9, 23)),
        ((1420, 12, 30), (2042, 3, 20)),
    ],
)
def test_a_day_of_the_persian_calendar_is_one_of_ours(solar: tuple[int, int, int], ours: tuple[int, int, int]) -> None:
    assert from_solar(*solar) == ours


@pytest.mark.parametrize("solar", [(1389, 1, 1), (1446, 10, 30), (1404, 13, 1), (1404, 8, 31)])
def test_other_calendars_are_not_taken_for_the_persian_one(solar: tuple[int, int, int]) -> None:
    assert from_solar(*solar) is None


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("۸ اردیبهشت ۱۴۰۴، ۱۶:۲۵", "2025-04-28 16:25 minute"),
        ("۱۴۰۴/۰۲/۰۸", "2025-04-28 12:00 day"),
        ("12:14, 28 апреля 2025 МСК", "2025-04-28 09:14 minute"),
        ("2025. április 28. 13:36", "2025-04-28 13:36 minute"),
        ("30 شوال 1446", None),
    ],
)
def test_more_calendars_and_orders_are_read(line: str, value: str | None) -> None:
    assert read(line) == value


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("2025年4月14日（月） 5:30", "2025-04-14 05:30 minute"),
        ("令和7年4月14日 午後9時05分", "2025-04-14 21:05 minute"),
        ("令和元年12月1日", "2019-12-01 12:00 day"),
        ("令和7年（2025年）4月14日", "2025-04-14 12:00 day"),
        ("2025年（令和7年）4月14日", "2025-04-14 12:00 day"),
        ("民國114年4月14日", "2025-04-14 12:00 day"),
        ("2025年4月14日 星期一 下午3:20", "2025-04-14 15:20 minute"),
        ("السبت 15 شعبان 1446هـ - 15 شباط (فبراير) 2025، 18:20", "2025-02-15 18:20 minute"),
        ("28 كانون الثاني 2025 الساعة 9:30 مساءً", "2025-01-28 21:30 minute"),
        ("14 أفريل 2025", "2025-04-14 12:00 day"),
        ("14 เม.ย. 2568 | 08:20 น.", "2025-04-14 08:20 minute"),
        ("14 เม.ย. 68 เวลา 08.20 น.", "2025-04-14 08:20 minute"),
        ("১৪ এপ্রিল ২০২৫, বিকেল ৪:৩০", "2025-04-14 16:30 minute"),
        ("14 मार्च 2025, दोपहर 12:10 बजे", "2025-03-14 12:10 minute"),
        ("14 अप्रैल 2025, रात 1:10 बजे", "2025-04-14 01:10 minute"),
        ("14 April 2025, 10:20 malam", "2025-04-14 22:20 minute"),
        ("14/4/2025 7:30 CH", "2025-04-14 19:30 minute"),
        ("14 Nisan 2025 Pazartesi 20:05", "2025-04-14 20:05 minute"),
        ("2025. április 14., hétfő 7:42", "2025-04-14 07:42 minute"),
        ("понедељак, 14. април 2025. у 08:05", "2025-04-14 08:05 minute"),
        ("14. apríl 2025 o 7:00", "2025-04-14 07:00 minute"),
        ("14 апреля 2025 г. в 07:25 МСК", "2025-04-14 04:25 minute"),
        ("14 d’abril de 2025 a les 07:12", "2025-04-14 07:12 minute"),
        ("14. listopada 2024. 07:55", "2024-10-14 07:55 minute"),
        ("14 listopada 2024 07:55", "2024-11-14 07:55 minute"),
    ],
)
def test_each_language_prints_days_and_times_of_its_own(line: str, value: str) -> None:
    assert read(line) == value


@pytest.mark.parametrize(
    "line",
    [
        "14. března 2025 6:30, aktualizováno 11:15",
        "14 Marzo 2025, 06:30 - Ultimo aggiornamento: 11:15",
        "2025年3月14日 6:30（最終更新 11:15）",
        "14/03/2025 06:30 | Actualizado a las 11:15h.",
    ],
)
def test_a_labelled_time_is_of_the_day_before_it(line: str) -> None:
    first, later = stamps.read(line)
    assert (first.clock, first.role) == ((6, 30, 0), "")
    assert (later.year, later.month, later.day, later.clock, later.role) == (2025, 3, 14, (11, 15, 0), "updated")
