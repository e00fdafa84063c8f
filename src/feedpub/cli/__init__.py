"""The command line: parse, call, report. No logic.

Commands import what they need when they are called, so that `feedpub --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper

import click

from feedpub import __version__
from feedpub.cli.building import build, plan
from feedpub.cli.inspecting import check, inspect, learn
from feedpub.cli.ledgers import ledger
from feedpub.cli.starting import adopt, init
from feedpub.errors import FeedpubError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="feedpub")
def cli() -> None:
    """Turn a folder of articles into feeds that every reader accepts.

    \b
    feedpub build                 seeds/ -> feeds/, or as feedpub.toml says
    feedpub build SOURCE -o OUT   no settings file needed
    """


for command in (build, plan, inspect, learn, check, ledger, adopt, init):
    cli.add_command(command)


def main() -> None:
    """Run feedpub. What stops it is said in a sentence, with the exit status that it knows."""
    if sys.getfilesystemencoding() != "utf-8":  # by the locale: files would have other names than elsewhere
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - ourselves
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the caller, as `>&-` does
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - as long as we live
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # where PYTHONIOENCODING names one that lacks letters
    colour = False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None  # no-color.org
    try:
        status = cli(standalone_mode=False, color=colour)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has gone; Python must not complain about it once more at its own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 141
    except (click.exceptions.Abort, click.ClickException, FeedpubError, OSError) as error:
        with suppress(OSError):  # where standard error is full or gone, the exit status alone tells
            _say(error, colour)
        status = _status_of(error)
    sys.exit(status or 0)


def _say(error: Exception, colour: bool | None) -> None:
    from feedpub import report

    match error:
        case click.exceptions.Abort():
            click.echo("interrupted; the last good feeds stand", err=True)
        case click.ClickException():
            error.show()
        case FeedpubError():
            report.fail(error, colour=colour)
        case OSError():  # such as a full disk behind standard output; what a build does has errors of its own
            click.echo(f"error: {error.filename or 'standard output'}: {error.strerror or error}", err=True)


def _status_of(error: Exception) -> int:
    match error:
        case click.exceptions.Abort():
            return 130
        case click.ClickException():
            return error.exit_code
        case FeedpubError():
            return error.status
        case _:
            return 4
