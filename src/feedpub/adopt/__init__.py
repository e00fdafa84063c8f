"""Take over the ids and dates of a feed that another program published (`feedpub adopt`).

`feeds` reads the old feeds, `matching` finds the article that each of their entries is, `taking` remembers it. Nothing
is published here: the next build does that, under the old ids and dates.
"""

from feedpub.adopt.taking import adopt

__all__ = ["adopt"]
