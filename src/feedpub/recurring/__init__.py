"""What recurs on the pages of one site: its name, its chrome, who writes for it and how that is signed.

`counting` takes pages and how they were read, `proposing` says what a profile should hold.
"""

from feedpub.recurring.counting import Notes, note, small_print
from feedpub.recurring.proposing import FEWEST, propose
from feedpub.recurring.tally import Tally

__all__ = ["FEWEST", "Notes", "Tally", "note", "propose", "small_print"]
