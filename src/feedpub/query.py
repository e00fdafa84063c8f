r"""Queries: the articles of a feed of its own, as its operator writes them in `where`.

    place:Seoul or category:"World News" and not author:"Ada March" and words >= 300

Takes a text, gives a Query that says of any Subject whether it is meant. Pure; no text of a query is ever executed.

    query   = part { "or" part }
    part    = factor { "and" factor }
    factor  = "not" factor | "(" query ")" | term
    term    = field operator value | value          a value alone is looked for in title and text
    value   = word | quoted text, in which \" stands for a quote
"""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from functools import cached_property
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from feedpub.model import Metadata
from feedpub.normalise import body_text, one_line

MOST_NESTED = 50  # parentheses and nots within each other
OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    ":": eq, "=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge,
}  # fmt: skip
NAMED = ("category", "author", "tag", "place", "agency", "language", "source")
WRITTEN = ("title", "text")
UNCLOSED = ('"',)
NO_VALUE = frozenset((*OPERATORS, "(", ")", "!"))
COUNTED = ("words", "published")
FIELDS = (*NAMED, *WRITTEN, *COUNTED)

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[()]|<=|>=|!=|[:=<>]|[^\s()":=<>!]+|\S')
_OWN_WORDS = frozenset(("and", "or", "not"))
_WORD = re.compile(
    "[\\w\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u0eff\u1000-\u109f]+"
)  # combining signs are letters
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u9fff]")  # scripts that set no spaces between words
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class QueryError(ValueError):
    """A query that can't be read. `column` is where, 1 is the first."""

    def __init__(self, message: str, column: int) -> None:
        """Say what is wrong and where."""
        super().__init__(message)
        self.column = column


class Subject:
    """What a query may ask of an article. Its text is only taken apart when one does."""

    def __init__(self, metadata: Metadata, *, source: str, published: str, body: Callable[[], str]) -> None:
        """Take an article's metadata, its source's name, its day (YYYY-MM-DD, UTC), and a way to its body's HTML."""
        dateline = metadata.dateline
        places = dateline.places if dateline else ()
        self.published = published
        self._metadata = metadata
        self._body = body
        self._names = {
            "category": metadata.categories,
            "author": metadata.authors,
            "tag": metadata.tags,
            "place": tuple(name for place in places for name in (place.city, place.region, place.country) if name),
            "agency": (dateline.agency,) if dateline and dateline.agency else (),
            "source": (source, metadata.source.title) if metadata.source else (source,),
        }

    def is_named(self, field: str, name: str) -> bool:
        """Tell whether one of the field's values is this one; `en` stands for `en-GB` too."""
        if field == "language":
            language = (self._metadata.language or "").casefold()
            return language == name or language.startswith(f"{name}-")
        return any(_squashed(value) == name for value in self._names[field])

    @cached_property
    def title(self) -> str:
        """The title's words."""
        return _spaced(self._metadata.title)

    @cached_property
    def text(self) -> str:
        """The words of the title and the text."""
        return self.title + _spaced(body_text(self._body()))

    @cached_property
    def words(self) -> int:
        """How many words the text has."""
        return len(_WORD.findall(body_text(self._body())))


Test = Callable[[Subject], bool]


class Query:
    """A query that was understood: `query(subject)` tells whether the subject is meant."""

    def __init__(self, text: str) -> None:
        """Read the query. Raises `QueryError`."""
        self.text = text
        parser = _Parser(text)
        self._test = parser.query()
        parser.expect_end()

    def __call__(self, subject: Subject) -> bool:
        """Tell whether the subject is meant."""
        return self._test(subject)


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = [(found[0], found.start() + 1) for found in _TOKEN.finditer(text)]
        self._end = len(text) + 1
        self._at = 0
        self._depth = 0

    def query(self) -> Test:
        parts = [self._part()]
        while self._takes("or"):
            parts.append(self._part())
        return parts[0] if len(parts) == 1 else lambda subject: any(part(subject) for part in parts)

    def _part(self) -> Test:
        factors = [self._factor()]
        while self._takes("and"):
            factors.append(self._factor())
        return factors[0] if len(factors) == 1 else lambda subject: all(factor(subject) for factor in factors)

    def _factor(self) -> Test:
        self._depth += 1
        if self._depth > MOST_NESTED:
            raise QueryError(f"more than {MOST_NESTED} parentheses or nots within each other", self._column)
        test = self._negated() if self._takes("not") else self._grouped() if self._takes("(") else self._term()
        self._depth -= 1
        return test

    def _negated(self) -> Test:
        test = self._factor()
        return lambda subject: not test(subject)

    def _grouped(self) -> Test:
        opened = self._tokens[self._at - 1][1]
        test = self.query()
        if not self._takes(")"):
            raise QueryError("this parenthesis is never closed", opened)
        return test

    def _term(self) -> Test:
        column = self._column
        first = self._value("a field, a text, `not` or `(`")
        operator = self._token
        if operator not in OPERATORS:
            return _written("text", ":", first, column)
        self._at += 1
        if first not in FIELDS:
            near = get_close_matches(first, FIELDS, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"known fields: {', '.join(FIELDS)}"
            raise QueryError(f"unknown field `{first}`; {hint}", column)
        column = self._column
        value = self._value(f"a value after `{first}{operator}`")
        make = _named if first in NAMED else _written if first in WRITTEN else _counted
        return make(first, operator, value, column)

    def _value(self, expected: str) -> str:
        token, column = self._token, self._column
        if token.startswith('"') and len(token) > 1:
            self._at += 1
            return re.sub(r"\\(.)", r"\1", token[1:-1])
        if token in UNCLOSED:
            raise QueryError("this quotation is never closed", column)
        if not token or token in NO_VALUE or token.casefold() in _OWN_WORDS:
            raise QueryError(f"expected {expected}" + (f", found `{token}`" if token else ""), column)
        self._at += 1
        return token

    def _takes(self, word: str) -> bool:
        if self._token.casefold() != word:
            return False
        self._at += 1
        return True

    def expect_end(self) -> None:
        if self._token:
            raise QueryError(f"expected `and`, `or` or the end, found `{self._token}`", self._column)

    @property
    def _token(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    @property
    def _column(self) -> int:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else self._end


def _named(field: str, operator: str, value: str, column: int) -> Test:
    _require(operator, (":", "=", "!="), field, column)
    name = _squashed(value)
    return lambda subject: subject.is_named(field, name) != (operator == "!=")


def _written(field: str, operator: str, value: str, column: int) -> Test:
    """Look for a text: whole words, whatever stands between them; parts of words where no spaces are set."""
    _require(operator, (":", "=", "!="), field, column)
    words = _spaced(value)
    if not words.strip():
        raise QueryError("expected at least one word to look for", column)
    if _UNSPACED.search(words):
        words = words.strip()
    return lambda subject: (words in getattr(subject, field)) != (operator == "!=")


def _counted(field: str, operator: str, value: str, column: int) -> Test:
    compare = OPERATORS[operator]
    if field == "words":
        if not value.isdecimal():
            raise QueryError(f"expected a number of words, found `{value}`", column)
        count = int(value)
        return lambda subject: compare(subject.words, count)
    if not _DAY.fullmatch(value):
        raise QueryError(f"expected a date such as 2025-04-28, 2025-04 or 2025, found `{value}`", column)
    return lambda subject: compare(subject.published[: len(value)], value)


def _require(operator: str, known: tuple[str, ...], field: str, column: int) -> None:
    if operator not in known:
        raise QueryError(f"`{field}` can only be compared by {', '.join(f'`{one}`' for one in known)}", column)


def _squashed(name: str) -> str:
    return one_line(name).casefold()


def _spaced(text: str) -> str:
    """The words of a text, in small letters, each between spaces."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
