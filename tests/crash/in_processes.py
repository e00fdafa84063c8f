"""Run feedpub, with worker processes even for few files."""

from __future__ import annotations

from feedpub import cli, reading

if __name__ == "__main__":
    reading.WORTH_PROCESSES = 1
    reading.BATCH = 2
    cli.main()
