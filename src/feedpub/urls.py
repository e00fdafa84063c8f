"""Is this an address as a feed may hold it? URIs (RFC 3986), IRIs (RFC 3987), tag: (RFC 4151), urn: (RFC 8141).

Takes strings, says what is wrong with them, or nothing. Never fetches anything.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ODD = re.compile(r"""[\x00-\x20<>"{}|\\^`\x7f]""")
_BRACKET = re.compile(r"[\[\]]")
_AUTHORITY = re.compile(r"//([^/?#]*)")
_HOST = re.compile(r"(?:[^@\[\]]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^\[\]:@]*)(?::\d*)?")
_TAG = re.compile(
    r"tag:(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9.-]+,\d{4}(?:-\d\d(?:-\d\d)?)?:[A-Za-z0-9;/?:@&=+$._!~*'()%,-]*(?:#\S*)?"
)
_URN = re.compile(
    r"urn:(?!urn:)[a-z0-9][a-z0-9-]{1,31}:(?:[a-z0-9()+,.:=@;$_!*'~&/-]|%[0-9a-f]{2})+(?:[?#]\S*)?", re.IGNORECASE
)
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ESCAPED = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PORTS = {"http": ":80", "https": ":443"}
_PRIVATE = re.compile(
    r"localhost|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|169\.254\.[\d.]+|::1|0\.0\.0\.0"
    r"|(?:.*\.)?(?:localhost|local|internal|lan)",
    re.IGNORECASE,
)

# Of https://www.iana.org/assignments/uri-schemes, those that a feed might name.
REGISTERED = frozenset(
    """
    aaa aaas about acap acct acr adiumxtra afp afs aim apt attachment aw beshare bitcoin blob bolo callto cap
    chrome cid coap coaps content crid cvs dab data dav dict dis dns doi dtn ed2k example facetime fax feed
    feedready file filesystem finger fish fm ftp gemini geo gg git gizmoproject go gopher gtalk h323 hcp http
    https iax icap icon im imap info ipfs ipn ipns ipp ipps irc irc6 ircs iris itms jabber jar jms keyparc
    lastfm ldap ldaps magnet mailserver mailto maps market matrix message mid mms modem mongodb moz ms-help
    msnim msrp msrps mtqp mumble mupdate mvn news nfs ni nih nntp notes oid opaquelocktoken pack palm paparazzi
    payment payto pkcs11 platform pop pres prospero proxy psyc query redis reload res resource rmi rsync rtmfp
    rtmp rtsp rtsps rtspu secondlife service session sftp sgn shttp sieve sip sips skype smb sms snews snmp
    soldat spotify ssh steam stun stuns submit svn swh tag teamspeak tel teliaeid telnet tftp things thismessage
    tip tn3270 tool turn turns tv udp unreal urn ut2004 vemmi ventrilo view-source vnc wais webcal ws wss wtai
    wyciwyg xcon xfire xmpp xri ymsgr z39.50 z39.50r z39.50s soap.beep soap.beeps xmlrpc.beep xmlrpc.beeps
    iris.beep iris.lwz iris.xpc iris.xpcs
    """.split()
)


def scheme(text: str) -> str:
    """Give the scheme in small letters, or nothing for a relative reference."""
    match = _SCHEME.match(text)
    return match[1].lower() if match else ""


def bad_reference(text: str) -> str:
    """Say what is wrong with an IRI reference, which may be relative."""
    odd = _ODD.search(text)
    if odd:
        return f"holds {_name(odd[0])}"
    kind = scheme(text)
    if kind == "tag":
        return "" if _TAG.fullmatch(text) else "is no valid tag: URI (RFC 4151)"
    if kind == "urn":
        return _bad_urn(text)
    return _bad_hierarchy(text, kind)


def bad_iri(text: str) -> str:
    """Say what is wrong with an absolute IRI."""
    if not text:
        return "is empty"
    wrong = bad_reference(text)
    if wrong:
        return wrong
    if not scheme(text):
        return "is relative"
    return "" if text.partition(":")[2] else "names nothing after its scheme"


def bad_uri(text: str) -> str:
    """Say what is wrong with an absolute URI, which is ASCII."""
    wrong = bad_iri(text)
    if wrong or text.isascii():
        return wrong
    odd = next(char for char in text if not char.isascii())
    return f"holds {_name(odd)}, which a URI must encode"


def bad_http(text: str) -> str:
    """Say what is wrong with an absolute http or https URL."""
    wrong = bad_uri(text)
    if wrong:
        return wrong
    if scheme(text) not in ("http", "https"):
        return "is no http or https URL"
    return "" if _AUTHORITY.match(text.partition(":")[2]) else "names no host"


def unregistered(text: str) -> str:
    """Give the scheme of an address when the IANA does not know it."""
    kind = scheme(text)
    return "" if kind in REGISTERED else kind


def private(text: str) -> bool:
    """Whether the address lies on one machine or one network only."""
    if scheme(text) == "file":
        return True
    try:
        host = urlsplit(text).hostname
    except ValueError:
        return False
    return bool(host and _PRIVATE.fullmatch(host))


def canonical(text: str) -> str:
    """Give the form in which two equal IRIs are spelled alike (RFC 4287 section 4.2.6)."""
    kind, _, rest = text.partition(":")
    rest = unicodedata.normalize("NFC", _ESCAPED.sub(_decoded, rest))
    authority = _AUTHORITY.match(rest)
    if not authority:
        return f"{kind.lower()}:{rest}"
    user, at, host = authority[1].rpartition("@")
    host = host.lower().removesuffix(":").removesuffix(_PORTS.get(kind.lower(), " "))
    behind = rest[authority.end() :]
    path = re.split("[?#]", behind, maxsplit=1)[0]
    return f"{kind.lower()}://{user}{at}{host}{_without_dots(path) or '/'}{behind[len(path) :]}"


def _decoded(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else match[0].upper()


def _without_dots(path: str) -> str:
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            del kept[max(1, len(kept) - 1) :]
        elif part != ".":
            kept.append(part)
    if parts[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)


def _bad_urn(text: str) -> str:
    if text.lower().startswith("urn:uuid:"):
        return "" if _UUID.fullmatch(text) else "is no valid urn:uuid: (RFC 9562)"
    return "" if _URN.fullmatch(text) else "is no valid urn: (RFC 8141)"


def _bad_hierarchy(text: str, kind: str) -> str:
    rest = text.partition(":")[2] if kind else text
    authority = _AUTHORITY.match(rest)
    if kind in ("http", "https", "ftp") and not (authority and authority[1]):
        return f"is {kind}: without a host"
    if authority and not _HOST.fullmatch(authority[1]):
        return "has a malformed host"
    if _BRACKET.search(rest[authority.end() :] if authority else rest):
        return "holds a square bracket"
    return ""


def _name(char: str) -> str:
    return "a space" if char == " " else f"the character U+{ord(char):04X}" if not char.isprintable() else f"“{char}”"
