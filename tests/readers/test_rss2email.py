"""rss2email sends one mail for each new article of RSS and Atom. (It does not read JSON Feed.)"""

from __future__ import annotations

import email
import email.policy
from datetime import UTC
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html import unescape
from mailbox import Maildir
from pathlib import Path

import pytest

from readers.meant import READERS, Seen, Site, run, words

SETTINGS = """\
[DEFAULT]
from = wire@example.org
to = reader@example.org
email-protocol = maildir
maildir-path = {home}
maildir-mailbox = mail
name-format = {{author}}
date-header = True
date-header-order = issued
html-mail = True
[feed.wire]
url = {url}
"""


class Rss2email:
    """An rss2email that is subscribed to one feed, and the mailbox that it fills."""

    def __init__(self, home: Path, url: str) -> None:
        self._home = home
        self._program = READERS.program("r2e")
        (home / "settings.cfg").write_text(SETTINGS.format(home=home, url=url), encoding="utf-8")

    def run(self) -> list[Seen]:
        """Ask for the feed, and give the articles for which mail came, newest first."""
        command = [self._program, "--config=settings.cfg", "--data=memory.json", "run"]
        run(command, self._home)
        mails = Maildir(self._home / "mail", factory=None)
        seen = [_seen(email.message_from_bytes(mail.as_bytes(), policy=email.policy.default)) for mail in mails]
        mails.clear()
        return sorted(seen, key=lambda seen: str(seen.published), reverse=True)


def _seen(mail: EmailMessage) -> Seen:
    _, _, body = mail.get_content().partition('<div id="body">')
    body, _, _ = body.partition('<div class="footer">')
    (sender,) = mail["From"].addresses
    return Seen(
        guid=mail["X-RSS-ID"],
        title=mail["Subject"].strip(),
        link=mail["X-RSS-URL"].strip(),
        published=parsedate_to_datetime(mail["Date"]).replace(tzinfo=UTC),  # written -0000
        author=sender.display_name,
        categories=frozenset(mail["X-RSS-TAGS"].split(",")),
        text=words(body),
    )


every_format = pytest.mark.parametrize("file", ["feed.rss", "feed.atom"])


@every_format
def test_articles_are_sent_as_they_were_meant(site: Site, file: str, tmp_path: Path) -> None:
    sent, meant = Rss2email(tmp_path, site.host.url + file).run(), site.meant()
    if file == "feed.rss":  # it takes a title of RSS that names a reference, such as &amp;, for HTML
        sent, meant = unescaped(sent), unescaped(meant)
    assert sent == meant


def unescaped(articles: list[Seen]) -> list[Seen]:
    return [seen._replace(title=unescape(seen.title)) for seen in articles]


@every_format
def test_a_second_build_sends_exactly_the_new_articles(site: Site, file: str, tmp_path: Path) -> None:
    rss2email = Rss2email(tmp_path, site.host.url + file)
    rss2email.run()
    new = site.publish_later()
    sent = [seen.guid for seen in rss2email.run()]
    assert sorted(sent) == sorted(new)


@every_format
def test_a_feed_that_did_not_change_is_not_sent_again(site: Site, file: str, tmp_path: Path) -> None:
    rss2email = Rss2email(tmp_path, site.host.url + file)
    rss2email.run()
    assert rss2email.run() == []
    assert site.host.statuses() == [200, 304]
    site.publish()  # a build with nothing new
    rss2email.run()
    assert site.host.statuses() == [304]
    site.publish_later()
    rss2email.run()
    assert site.host.statuses() == [200]
