"""Names of people, as bylines print them.

Takes the words of a byline, gives names. Never takes a desk, an account or a sentence for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedpub.finders.capitals import is_small
from feedpub.finders.given import KANA, is_given, is_mongolian
from feedpub.finders.places import COUNTRIES, TURKISH, in_turkish, known_place
from feedpub.finders.sections import CATEGORIES
from feedpub.lexicon import table
from feedpub.normalise import one_line

EDGES = " ,;:|-–—·•"
LONGEST_NAME, LONGEST_ROLE = 48, 80  # characters
MOST_PLACES = 6  # of a byline
LONGEST_GLUED = 240  # characters of names of which two may be glued
MOST_WORDS = 6
OFFICE = 3  # words of what people are, and more
SHORTEST_FAMILY = 4  # letters of a family name in capitals
SHORTEST_TWICE = 9  # characters of a name that is printed twice
PARTICLES = frozenset(
    """de da do dos das del della di der den van von und zu zum zur la le el al bin ibn bint ben ter ten af av y e i
    dalla vom op 't d' des du mac mc st abu abd ould ulla""".split()
)
SEPARATORS = re.compile(
    r"\s*(?:[,;]\s(?i:and|und|et|y|e|en|og|och)(?=\s)|[,;、/&+·•|]|\s(?i:and|und|et|y|e|и|та|og|och|en|i|ve|dan|và|και|और)(?=\s)|،|\sو(?=\S))\s*"
)
ASIDE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|[\w.+-]+@[\w-]+\.[\w.-]*\w|@\w+|https?://\S+)\s*")
PLACE = re.compile(r"\s(?:in|reports from|à|en|au)\s(?=[A-ZÀ-Þ])")
_PICTURES = (
    r"(?:cover|couverture|illustrations?|fotos?|photos?|photograph(?:s|y)|bild(?:er)?|fotografie|kuvat?|zdjęcia|фото|"
    r"写真|摄影|攝影)"
)
CREDIT = re.compile(rf"(?<![\s,/|])[\s,/|]+{_PICTURES}(?![^\W_])", re.IGNORECASE)  # Ada March Photos by Ben Quill
DEEDS = re.compile(  # Ada March Translated by Ben Quill
    r"(?<![\s,/|.;–—-])[\s,/|.;–—-]+\(?(?:medically |additional )?"
    r"(?:reviewed|edited|translated|fact[- ]checked|produced|illustrated|reporting|"
    r"traduit|traducido|traduzido|tradotto|übersetzt|bearbeitet|editado)"
    r"(?: from [A-Z]\w+)? (?:by|par|por|da|von)\s",
    re.IGNORECASE,
)
OF_PICTURES = re.compile(  # Ada March (text) and Ben Quill (photos)
    rf"(?:^|[,&]|\s(?:und|and|et|y|e|og|och|en)\s)[^,()&]{{3,40}}\({_PICTURES}\)", re.IGNORECASE
)
TRAILING = re.compile(r"[\s,|]*(?:\b(?:avec|with|for|special to|für|mit)\s[^,]*|\s[-–—]\s.*|\|.*)$", re.IGNORECASE)
USERNAME = re.compile(r"[A-Za-zÀ-ž][\w.-]{1,28}")
GLUED = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])")
PREFIXES = frozenset("Mc Mac Fitz De Del Di Du La Le Van Von".split())  # of one name with capitals
ROMAN = re.compile(r"(?:II|III|IV|VI{0,3}|J\.?R\.?|S\.?R\.?)$", re.IGNORECASE)
_ROLES = table("roles")
ACCOUNTS = frozenset(word.casefold() for word in _ROLES["account"])
DESKS = frozenset(word.casefold() for word in _ROLES["desk"])
UNITS = frozenset(word.casefold() for word in _ROLES["unit"])
ROLES = frozenset(word.casefold() for word in _ROLES["role"])
FIRST_ROLES = frozenset(role for role in ROLES if " " not in role and len(role) > 5)  # Journalist in Paris
DEGREES = frozenset(word.casefold() for word in _ROLES["degree"])
AGENCIES = frozenset(word.casefold() for word in _ROLES["agency"])
BUTTONS = frozenset(word.casefold() for word in _ROLES["button"])
TITLES = ROLES | AGENCIES | BUTTONS
AFTER_NAMES = TITLES | DEGREES
LANGUAGES = frozenset((*table("stopwords"), "s", "cz", "ua", "cn", "jp"))  # EN ES FR is a switch between them
WEEKDAYS = frozenset(table("months")["weekday"])
NOT_NAMES = frozenset(
    """the a an of for to on at is are was with how why what when who this that your our my his her their its not
    news new more all about from share read latest top best view views photo photos video image images credit getty
    follow date published updated newsletter videos inhalte sprache moderator nächster weiter mehr artikel beitrag
    datum vom veröffentlicht zuletzt kategorien tags autor author posted von by
    und oder mit für auf aus bei nach über wie was wer warum ist sind nicht ein eine das les une des pour sur avec
    dans est los las una con para por que il lo gli che non sono""".split()
)
OF = ("by ", *(f" {word} " for word in ("from", "von", "par", "de", "av", "por", "di", "door", "от", "від")))
NOT_LAST = NOT_NAMES - {"das", "les"} | {"per"}  # as names of families end; Per is a given name
NO_NAME = frozenset(':;!?"“”«»…()[]{}<>=_/\\@#$%^&*+|~©•')
_OFFICE = re.compile(  # Department for Tides and Harbours
    r"(?:The )?(?:Department|Ministry|Office|Council|Bureau|Cabinet|Minist[eè]r\w*|Ministério|Bundesministerium) "
    r"(?:of|for|de|des|du|della|dell|do|da|für)\b"
)
COMPANY = re.compile(r",?\s(?:Inc|Ltd|LLC|Corp|Co|PLC|plc|S\.A|GmbH|AG|N\.V)\.?$")
ORGANISATION = re.compile(
    r"\b(?:Inc|Ltd|LLC|GmbH|Corp|AG|PLC|University|Institute|Press|Agency|Times|Post|News|Magazine|Team|Staff|Desk|"
    r"Bureau|Foundation|Redaktion|Verlag|Journal|Herald|Tribune|Network|Media|Group|Association|Marketing|Online|"
    r"Daily|Weekly|Today|Content|Weather|Forecast|Radio|TV|Channel|Club|Guide|Shop|Store|Events?|Archiv|Archive|Blog|"
    r"Verband|Bundesverband|Verein|Kalender|International|Department|Ministry|Council|Research|Communications|Studio|"
    r"Studios|Project|Office|Committee|College|School|Hospital|Museum|Universität|Hochschule|Université|Universidad|"
    r"Universidade|Università|Universiteit|Zeitung|Zeitschrift|Rundschau|Anzeiger|Nachrichten|Rundfunk|Gazette|Chronicle|"
    r"Observer|Examiner|Agencia|Agência|Agence|Agenzia|Agentur|Noticias|Notícias|Información|Diario|Diário|Giornale|"
    r"Stiftung|Fondation|Fundación|Fondazione|Partei|Bank|Holdings?|Company|Limited)\b"
)


def split(text: str) -> tuple[str, ...]:
    """The people that a byline names, without their roles, houses, places and addresses."""
    text = one_line(without_asides(text) if has_aside(text) else text).strip(EDGES)
    if COMPANY.search(text):
        return (text,)
    if _OFFICE.match(text):
        return ()
    text = _parted(without_houses(_without_credits(text)))
    found: list[str] = []
    is_after_role = False
    for part in SEPARATORS.split(_once(_without_places(text))):
        name = clean(part)
        if not name or (found and (ROMAN.match(name) or name.casefold() in DEGREES)):
            continue
        is_known = is_given(name.split(maxsplit=1)[0])
        if found and not is_known and is_role(part.strip(EDGES)):
            is_after_role = True  # Ada March, Staff Writer, and Ben Quill
            found[-1] = " ".join(_without_field(found[-1].split()))  # Ada March Defence and security editor
            continue
        if found and (_is_no_more_name(name, found[0]) or (is_after_role and not is_known)):
            break
        if is_name(name) and not is_account(name) and name.casefold() not in AGENCIES:
            found.append(name)
        elif name.casefold() not in AFTER_NAMES and (found or not is_account(name)):
            break  # this is a sentence
    if len(found) > 1 and text[0] < KANA and all(" " not in name for name in found):
        return ()  # von Fischern, Bauern und Müllern
    return tuple(dict.fromkeys(map(recase, found)))


def _without_credits(text: str) -> str:
    """The text without those who took pictures, edited or translated."""
    return DEEDS.split(CREDIT.split(text, maxsplit=1)[0], maxsplit=1)[0]


def _parted(text: str) -> str:
    """`Ada March, Ben Quill` for `Ada MarchBen Quill`: a given name is glued to a name."""
    for at in _seams(text) if len(text) <= LONGEST_GLUED else ():
        before, after = text[:at].split(), text[at:].split(maxsplit=2)
        if len(before) > 1 < len(after) and is_given(after[0]):
            return f"{text[:at]}, {_parted(text[at:])}"
    return text


def _without_places(text: str) -> str:
    """`Ada March in Lisbon and Ben Quill in Porto`: the people, without where they are."""
    first, *others = PLACE.split(text)
    people = [first]
    for place in others[:MOST_PLACES]:
        _, *behind = SEPARATORS.split(place, maxsplit=1)
        if f" en {place}" in text and _begins_name(place):
            people.append(place)  # Ada March en Ben Quill
        elif behind and (_begins_name(behind[0]) or (place is not others[-1] and is_bare_name(behind[0]))):
            people += behind
        else:
            break
    return ", ".join(people)


def _begins_name(text: str) -> bool:
    """Whether a given name and a family name begin the text."""
    words = text.split(maxsplit=2)
    return len(words) > 1 and is_given(words[0]) and words[1][0].isupper()


def without_houses(text: str) -> str:
    """`Ada March, School of Tides and Harbours, Ben Quill`: the people, without whom they work for."""
    first, *parts = text.split(",")
    return ",".join((first, *(part for part in parts if not ORGANISATION.search(part)))) if parts else text


def _once(text: str) -> str:
    """The text, or its half when it is printed twice: once for the eye, once for the ear."""
    half = len(text) // 2
    twice = len(text) > SHORTEST_TWICE and text[:half].rstrip() == text[-half:].lstrip()
    return text[:half].rstrip() if twice else text


def _is_no_more_name(name: str, first: str) -> bool:
    """Whether a town, a role or a house stands behind the names."""
    if (" " in first and " " not in name) or name.isupper() != first.isupper() or ORGANISATION.search(name):
        return True
    words = name.split()
    if known_place(name) or (words[0] in PARTICLES and first[0].isupper()):  # de Lisboa
        return True
    if is_given(words[0]) or words[0][-1] == ".":
        return False
    return len(words) >= OFFICE  # Leiter der Vogelwarte


def without_asides(text: str) -> str:
    """The text without brackets and addresses, and without those whose bracket says that they took the pictures."""
    return ASIDE.sub(" ", OF_PICTURES.sub("", text))


def has_aside(text: str) -> bool:
    """Whether a bracket, an address or an account may stand beside the names."""
    return any(mark in text for mark in "([<@") or "http" in text


def clean(part: str) -> str:
    """One name without what is printed around it: degrees, a role, the house it writes for."""
    name = TRAILING.sub("", part).strip(" ,;:.-–—'\"“”‘’·•|")
    words = _without_glued_role(name).split()
    while words and words[0].casefold() in DEGREES:
        del words[0]
    while len(words) > 1 and words[-1].casefold().strip(",") in DEGREES:
        del words[-1]
    words = _without_role(words)
    if len(words) > 3 and words[-3].casefold() == "the" and " ".join(words[-3:]).casefold() in AGENCIES:
        words = words[:-3]
    return " ".join(words)


def _without_role(words: list[str]) -> list[str]:
    """The words of a name without what its bearer is, and for whom."""
    last = words[-1] if len(words) > OFFICE and is_given(words[0]) else ""
    if last.casefold() in ROLES or ORGANISATION.search(last):
        return words[: 3 if is_given(words[1]) and len(words) > OFFICE + 1 else 2]  # Ada March Deputy Tides Director
    for size in (3, 2, 1):  # Ada March Staff Writer
        if len(words) > size + 1 and " ".join(words[-size:]).casefold() in TITLES:
            words = _without_field(words[:-size])
    while len(words) > 2 and words[0].rpartition("-")[2].casefold() in ROLES:
        words = words[1:]  # Energie-Expertin Ada March
    return words


def _without_field(words: list[str]) -> list[str]:
    """The words of a name without the section or the place that a role is about: `Ada March Science editor`."""
    last = words[-1].casefold()
    is_about = len(words) > 2 and (last in CATEGORIES or last in COUNTRIES or known_place(last))
    return words[:-1] if is_about else words


def _without_glued_role(name: str) -> str:
    """`Ada MarchStaff Writer`, `Ada MarchThursday` without what is glued to them."""
    for at in _seams(name, max(0, len(name) - LONGEST_ROLE)):
        if is_role(name[at:]) or name[at:].casefold() in WEEKDAYS:
            return name[:at]
    return name


def _seams(text: str, start: int = 0) -> Iterator[int]:
    """Where words may be glued to each other, but not `Mac` to `Kay`."""
    for match in GLUED.finditer(text, start):
        if text[: match.start()].rsplit(maxsplit=1)[-1] not in PREFIXES:
            yield match.start()


def is_name(name: str) -> bool:
    """Whether the words could be the name of a person, or of an account that is one."""
    if not 2 <= len(name) <= LONGEST_NAME or not NO_NAME.isdisjoint(name):
        return bool(USERNAME.fullmatch(name)) and "_" in name
    words = name.split()
    if len(words) > MOST_WORDS or (len(words) > 1 and LANGUAGES.issuperset(name.casefold().split())):
        return False
    if len(words) == 1:
        return _one_word(name)
    if len(words) == 2 and words[0][0].isupper() and words[1].isalpha() and words[1].islower():
        return len(words[1]) > 3 and words[1] not in NOT_NAMES  # as some write theirs
    return all(_name_word(word) for word in words) and not _sentence_words(words)


def _one_word(name: str) -> bool:
    if name.isalpha():
        return True
    letters = [char for char in name if char.isalpha()]
    if len(letters) < 2 or name[0].isdigit():
        return False
    return all(char.isalnum() or char in ".-'’·" or ord(char) > 0x300 for char in name)


def _name_word(word: str) -> bool:
    if not is_small(word[0]):
        return word.isalpha() or not any(char.isdigit() for char in word)
    return word.casefold() in PARTICLES or word[:2] in ("d'", "d’", "l'", "l’", "al")


def _sentence_words(words: list[str]) -> bool:
    if words[-1].casefold() in PARTICLES and words[-1].islower():
        return True
    first, *inner, last = words
    between = (word for word in inner if not (word.islower() and word in PARTICLES))
    return any(word.casefold() in NOT_NAMES for word in (first, *between)) or last.casefold() in NOT_LAST


def may_begin(words: Sequence[str]) -> bool:
    """Whether a name may begin with the words: capitals, or a particle behind one."""
    first, *second = words
    return not is_small(first[0]) and all(not is_small(word[0]) or word in PARTICLES for word in second)


def is_bare_name(text: str) -> bool:
    """Whether a line that nothing labels is the name of a person: two to four capitalised words, no more."""
    words = text.replace(".", ". ").split() if is_mongolian(text) else text.split()
    if not 2 <= len(words) <= 4 or len(text) > 36 or not is_name(text):
        return False
    folded = text.casefold()
    if (
        folded in WEEKDAYS
        or folded in CATEGORIES
        or folded in ACCOUNTS
        or folded in ROLES
        or folded in AGENCIES
        or ORGANISATION.search(text)
    ):
        return False
    if any(word.casefold() in CATEGORIES and len(words) < 3 for word in words[-1:]):
        return False
    if any(is_small(word[0]) and word.casefold() not in PARTICLES for word in words):
        return False
    capitals = [word.isupper() and len(word) > 2 for word in words]
    begins = words[0][0].isupper() or is_given(words[0])  # in scripts without capitals only the table can tell
    return begins and (len(set(capitals)) == 1 or capitals == sorted(capitals))  # Ada MARCH


def is_account(name: str) -> bool:
    """Whether the name is that of a desk, a department or a role account."""
    folded = name.casefold().strip(" .")
    if folded in ACCOUNTS or folded in ROLES or folded.rpartition("_")[2] in ACCOUNTS:
        return True
    words = folded.split()
    if folded.partition(" ")[0] in DESKS or " ".join(words[:2]) in ACCOUNTS:
        return True
    return len(words) > 1 and words[-1] in UNITS and not is_given(name.split(maxsplit=1)[0])


def is_role(part: str) -> bool:
    """Whether the words say what somebody is (`weather correspondent`), or for whom they write."""
    folded = part.casefold()
    return folded in TITLES or folded.rpartition(" ")[2] in ROLES or folded.partition(" ")[0] in FIRST_ROLES


def recase(name: str) -> str:
    """A name in capitals in the case that people write theirs; others as they are."""
    if " " not in name or not name.isupper():
        return _with_family(name) if name[-2:].isupper() and " " in name else name
    if not TURKISH.isdisjoint(name):
        return " ".join(map(in_turkish, name.split()))
    first, *others = name.split()
    return " ".join([_in_title_case(first), *(word if ROMAN.match(word) else _recase_word(word) for word in others)])


def _with_family(name: str) -> str:
    """`Ada LE MARCH`: the family name in the case that people write theirs."""
    words = name.split()
    first = next((at for at, word in enumerate(words) if at and all(map(str.isupper, words[at:]))), 0)
    if not first or len(words[-1]) < SHORTEST_FAMILY or ROMAN.match(words[-1]) or words[-1].casefold() in AFTER_NAMES:
        return name
    return " ".join([*words[:first], *map(_in_title_case, words[first:])])


def _recase_word(word: str) -> str:
    folded = word.casefold()
    if folded in PARTICLES:
        return folded
    return _in_title_case(word)


def _in_title_case(word: str) -> str:
    if len(word) <= 2 and word[-1] == ".":
        return word
    folded = word.casefold()
    cased = re.sub(r"(?:^|(?<=[-'’.]))\w", lambda match: match[0].upper(), folded)
    return "Mc" + cased[2:].capitalize() if cased.startswith("Mc") and len(cased) > 3 else cased
