"""The characters that the bytes of a file stand for.

Takes bytes, and the encoding that the file declares, gives text and what is wrong with it. Never raises: what is no
text at all becomes a Problem.

In their order: a byte order mark; UTF-16 and UTF-32 by the place of their zeros; UTF-8, which hardly anything else is
by accident; what the file declares; and a guess.
"""

from __future__ import annotations

import codecs
from functools import cache

from feedpub.formats import _mojibake
from feedpub.model import BOMS, Document, Problem

LABELS = {  # what Python calls an encoding, and the labels that declare it: WHATWG, Encoding Standard, 4.2
    "cp1252": """ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591
        iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 x-user-defined""",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": """cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5
        windows-1254 x-cp1254""",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": """csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2""",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "iso8859-6": """arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e
        iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987""",
    "iso8859-7": """csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7
        iso_8859-7:1987 sun_eu_greek""",
    "iso8859-8": """csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8
        iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical""",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac_roman": "csmacintosh mac macintosh x-mac-roman",
    "mac_cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022_jp": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": """cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601
        windows-949""",
}
NAMES = {
    "cp866": "IBM866",
    "cp874": "Windows-874",
    "mac_roman": "Macintosh",
    "mac_cyrillic": "x-mac-cyrillic",
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
    "cp932": "Shift_JIS",
    "cp949": "EUC-KR",
}
SAMPLE = 200_000  # bytes from which an encoding is guessed
WIDE_SAMPLE = 4_096  # bytes in which zeros show UTF-16 and UTF-32
FEW_CONTROLS = 0.02  # zeros, and others that stand for no letter; a picture or an archive holds many
FEW_DAMAGED = 0.1  # part of the bytes beyond ASCII; where more are no UTF-8, it is another encoding
FEWEST_MARKS = 8  # bytes beyond ASCII from which the encoding of many articles is told
HARDLY_LEGIBLE = 0.3  # part of a text's characters that are none, or have no meaning: a wrong guess
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\b\x1a\x1b") + b"\x7f"
_PLAIN = bytes(byte for byte in range(128) if byte not in _CONTROLS and byte != 0x1B)  # of ASCII: nothing to be mended
_BETWEEN_WORDS = " \n。、，"
_BEYOND_ASCII = bytes(range(128, 256))
_ESCAPED = (b"\x1b$", b"\x1b(")  # as ISO-2022-JP shifts to Japanese, all in ASCII

Decoded = tuple[str, tuple[Problem, ...]]


def decode(data: bytes, path: str, declared: str = "") -> Decoded:
    """The text of the bytes, and what is wrong with them; `declared` is the label that the file gives its encoding."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _checked(data, encoding, path)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(data, path, declared, error)
    odd = data.translate(None, _PLAIN)
    if not odd:
        return text, ()
    if _is_binary(odd, len(data)):
        return _wide_or_nothing(data, path)
    if b"\x1b" in odd and any(escape in data for escape in _ESCAPED) and (japanese := _strictly(data, "iso2022_jp")):
        return japanese, ()
    return _mended(text, data, odd, path)


def read(document: Document, declared: str = "") -> Decoded:
    """The text of a document, in the encoding that its sidecar states, else as `decode` tells it."""
    if stated := document.stated.encoding:
        is_marked = any(document.data.startswith(bom) for bom, _ in BOMS)
        return decode(document.data, document.path) if is_marked else _checked(document.data, stated, document.path)
    return decode(document.data, document.path, declared)


def legacy(sample: bytes) -> str | None:
    """What a file that begins so is written in, as Python calls it; None for UTF-8, with or without damage."""
    if b"\0" in sample:
        return _wide(sample[: len(sample) // 4 * 4]) or None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        marks = len(sample) - len(sample.translate(None, _BEYOND_ASCII))
        is_damaged = sample.decode("utf-8", "replace").count("�") <= FEW_DAMAGED * marks
        return None if is_damaged or marks < FEWEST_MARKS else _likeliest(sample)
    return None


def codec_of(label: str) -> str | None:
    """What Python calls the encoding that a label declares; None for UTF-8 and what is no label."""
    return _codecs().get(label.strip().lower())


@cache
def _codecs() -> dict[str, str]:
    return {label: codec for codec, labels in LABELS.items() for label in labels.split()}


def _mended(text: str, data: bytes, odd: bytes, path: str) -> Decoded:
    """The text as it was before it was misread, if it was; `odd` are its bytes that are not plain ASCII."""
    if not _mojibake.may_be_misread(data, odd):
        return text, ()
    found = _mojibake.mend(text)
    problems = []
    if found.mended:
        message = f"{found.mended:,} characters of UTF-8 had been read as something else; they were mended"
        problems.append(Problem("mojibake", "note", path, message, "look where the file was converted"))
    if found.harmed:
        message = f"characters in {found.harmed:,} places were harmed when the text was converted, and can't be mended"
        problems.append(Problem("mojibake", "warning", path, message, "get the file again as UTF-8"))
    return found.text, tuple(problems)


# ── Unicode ─────────────────────────────────────────────────────────────────────────────────────


def _wide_or_nothing(data: bytes, path: str) -> Decoded:
    """Bytes with many zeros, or others that stand for no letter: they are written in two or four, or are no text."""
    encoding = _wide(data)
    return _checked(data, encoding, path) if encoding else ("", (_not_text(path),))


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32 without a byte order mark, when the zeros stand where it has them."""
    sample = data[:WIDE_SAMPLE]
    if len(data) % 4 == 0:
        for encoding, zeros in (("utf-32-le", slice(3, None, 4)), ("utf-32-be", slice(0, None, 4))):
            if not any(sample[zeros]) and _is_written(data, encoding):
                return encoding
    even = data[: len(data) // 2 * 2]
    found = [encoding for encoding in ("utf-16-le", "utf-16-be") if _is_written(even, encoding)]
    return min(found, key=lambda encoding: len(set(sample[encoding == "utf-16-le" :: 2])), default="")


def _is_written(data: bytes, encoding: str) -> bool:
    """Whether bytes are a text in an encoding: no control characters, hardly any that are not assigned."""
    text = _strictly(data, encoding)
    if not text or "\0" in text:
        return False
    return _illegible(text) <= FEW_CONTROLS and any(char in text for char in _BETWEEN_WORDS)


def _illegible(text: str) -> float:
    """The part of a text's first characters that mean nothing."""
    sample = text[:WIDE_SAMPLE]
    odd = sum(char == "�" or not (char.isprintable() or char.isspace()) for char in sample)
    return odd / len(sample) if sample else 0.0


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(data: bytes, encoding: str, path: str) -> Decoded:
    """The text in an encoding that is known; what is broken in it stands as �."""
    text = _strictly(data, encoding)
    if text is None:
        text = data.decode(encoding, "replace")
        if _illegible(text) > HARDLY_LEGIBLE:
            return "", (_not_text(path),)
        return text, (_undecodable(path, encoding.upper().removesuffix("-SIG")),)
    return _mended(text, data, data.translate(None, _PLAIN), path) if encoding.startswith("utf-8") else (text, ())


def _not_utf8(data: bytes, path: str, declared: str, error: UnicodeDecodeError) -> Decoded:
    """Bytes that are not UTF-8: UTF-8 with damage, else what is declared, else a guess, else no text at all."""
    if (paired := _paired(data)) is not None:
        return paired, ()
    text = data.decode("utf-8", "replace")
    damage, marks = text.count("�"), len(data) - len(data.translate(None, _BEYOND_ASCII))
    is_cut = error.end == len(data) and error.reason.startswith("unexpected end")
    if damage <= FEW_DAMAGED * marks or (is_cut and marks > len(data) - error.start):
        return text, (_undecodable(path, "UTF-8"),)
    codec = codec_of(declared)
    if codec and (text := data.decode(codec, "replace")).count("�") <= FEW_DAMAGED * marks:
        return text, ()
    is_binary = _is_binary(data.translate(None, _PLAIN), len(data))
    return _wide_or_nothing(data, path) if is_binary else _guessed(data, path)


def _paired(data: bytes) -> str | None:
    """CESU-8, as Java and some databases write characters beyond the first plane: two halves of three bytes each."""
    if b"\xed" not in data:
        return None
    try:
        halves = data.decode("utf-8", "surrogatepass")
        return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeError:
        return None


# ── legacy ──────────────────────────────────────────────────────────────────────────────────────


def _guessed(data: bytes, path: str) -> Decoded:
    """The text in the encoding that its letters are most likely written in."""
    codec = _likeliest(data)
    text = data.decode(codec, "replace")
    if _illegible(text) > HARDLY_LEGIBLE:
        return "", (_not_text(path),)
    return text, (guessed_encoding(codec, path),)


def _likeliest(data: bytes) -> str:
    import chardet  # takes long, and hardly any file needs it

    found = chardet.detect(
        data[:SAMPLE], include_encodings=tuple(map(_name, LABELS)), no_match_encoding="cp1252", compat_names=False
    )
    return codec_of(found["encoding"] or "") or found["encoding"] or "cp1252"


def _name(codec: str) -> str:
    """What the Encoding Standard calls an encoding."""
    return NAMES.get(codec) or codec.replace("cp125", "Windows-125").replace("iso8859", "ISO-8859").replace(
        "koi", "KOI"
    )


def _is_binary(odd: bytes, size: int) -> bool:
    """Whether many of so many bytes stand for no letter, by those that are not plain ASCII."""
    return len(odd) - len(odd.translate(None, _CONTROLS)) > FEW_CONTROLS * size


# ── problems ────────────────────────────────────────────────────────────────────────────────────


def guessed_encoding(codec: str, path: str) -> Problem:
    """Say what a file was taken to be written in."""
    message = f"the bytes are not UTF-8; read as {_name(codec)}"
    hint = f"save the file as UTF-8, or state `encoding` in {path.rstrip('/').rpartition('/')[2]}.meta.toml"
    return Problem("guessed-encoding", "warning", path, message, hint)


def _undecodable(path: str, encoding: str) -> Problem:
    return Problem(
        "undecodable", "warning", path, f"some bytes are not {encoding}; they are shown as �", "save the file as UTF-8"
    )


def _not_text(path: str) -> Problem:
    return Problem("not-text", "error", path, "the file is not text", "leave it out with `exclude`")
