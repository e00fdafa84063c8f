"""When was a page taken from its site? Every relative date on it is counted from there."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime

from feedpub.model import Capture, Source, Trust

_DATE_IN_NAME = re.compile(
    r"(?<![0-9A-Za-z])((?:19|20)\d\d)(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])"
    r"(?:[T_-]([01]\d|2[0-3])[-:_]?([0-5]\d)(?:[-:_]?([0-5]\d))?Z?)?(?![0-9A-Za-z])"
)
_YEAR_1990, _YEAR_9999 = 631_152_000, 253_370_764_800  # seconds since 1970


def capture_of(source: Source, stated: datetime | None, setting: datetime | None) -> Capture | None:
    """Find when the page was taken: its sidecar, the settings, a date in the file's name, its modification time."""
    if stated is not None:
        return Capture(stated, "sidecar", Trust.STATED)
    if setting is not None:
        return Capture(setting, "settings", Trust.STATED)
    if found := _DATE_IN_NAME.search(os.path.basename(source.file)):
        year, _, month, day, hour, minute, second = found.groups()
        clock = (int(hour), int(minute), int(second or 0)) if hour else (12, 0, 0)
        try:
            value = datetime(int(year), int(month), int(day), *clock, tzinfo=UTC)
            return Capture(value, "file-name", Trust.WRITTEN)
        except ValueError:  # 30 February
            pass
    seconds = _modified(source)
    plausible = _YEAR_1990 <= seconds < _YEAR_9999
    return Capture(datetime.fromtimestamp(seconds, UTC), "mtime", Trust.GUESSED) if plausible else None


def _modified(source: Source) -> int:
    if source.mtime_ns >= 0:
        return source.mtime_ns // 1_000_000_000
    return int(os.lstat(source.file).st_mtime)
