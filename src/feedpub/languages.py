"""Is this a language tag? Well-formed by BCP 47 (RFC 5646 section 2.1), and of a language that there is.

Takes strings, gives booleans.
"""

from __future__ import annotations

import re

# ISO 639-1 has all two-letter codes there are. Of the three-letter ones there are thousands, and readers ignore them.
_TWO = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji
    jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb
    nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr
    ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()
)
_TAG = re.compile(
    r"""
    (?: (?P<two> [a-z]{2}) | [a-z]{3}(?:-[a-z]{3}){0,3} | [a-z]{5,8} )     # language, extended language
    (?: -[a-z]{4} )?                                                      # script
    (?: -(?:[a-z]{2}|\d{3}) )?                                            # region
    (?: -(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}) )*                               # variants
    (?: -[0-9a-wyz](?:-[a-z0-9]{2,8})+ )*                                 # extensions
    (?: -x(?:-[a-z0-9]{1,8})+ )?                                          # private use
    | x(?:-[a-z0-9]{1,8})+
    | i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)
    | en-gb-oed | sgn-(?:be-fr|be-nl|ch-de)
    | art-lojban | cel-gaulish | no-bok | no-nyn | zh-(?:guoyu|hakka|min|min-nan|xiang)
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_REGISTERED_LONG = 3  # longer primary subtags are reserved: none is registered


def is_language(tag: str) -> bool:
    """Whether the tag is well-formed and its two-letter code is one of a language."""
    match = _TAG.fullmatch(tag[:100])
    if not match:
        return False
    primary = tag.partition("-")[0].lower()
    if primary in ("x", "i"):
        return True
    return primary in _TWO if match["two"] else len(primary) <= _REGISTERED_LONG
