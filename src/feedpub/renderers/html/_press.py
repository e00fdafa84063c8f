"""Fill the templates of a theme: the one module that knows Jinja2.

Takes a Theme, gives the bytes of pages. Everything that a template prints is escaped, but for what our sanitiser made;
a name that is not there is an error. A theme may be someone else's: its templates run in Jinja2's sandbox.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import TracebackType
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from msgspec import Struct

from feedpub.errors import ConfigError
from feedpub.model import Theme

MARK = "<!-- feedpub -->"  # by which a page is known as ours
HEAD = f"<!doctype html>\n{MARK}\n"

_DOCTYPE = re.compile(r"\s*<!doctype[^>]*>\s*", re.IGNORECASE)
# What a template can do wrong when it runs, beside Jinja2's own complaints.
_WRONG = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)


class Press:
    """A theme whose templates can be filled. Compiling them takes longer than filling one, so there is one a build."""

    def __init__(self, theme: Theme) -> None:
        self._templates = theme.templates
        self._places = {template.place for template in theme.templates.values()}
        self._jinja = _Sandbox(
            loader=FunctionLoader(self._source),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def fill(self, name: str, **told: object) -> bytes:
        """Make a page of the template of that name. Raises `ConfigError` that tells the template's file and line."""
        text = self._text(name, told)
        own = _DOCTYPE.match(text)
        return _bytes(HEAD + text[own.end() if own else 0 :])

    def fill_fragment(self, name: str, **told: object) -> bytes:
        """Make a part of a page, as `fill` does."""
        return _bytes(f"{MARK}\n{self._text(name, told)}")

    def _text(self, name: str, told: dict[str, object]) -> str:
        try:
            return self._jinja.get_template(name).render(told)
        except TemplateSyntaxError as error:
            raise _faulty(error.filename or error.name or name, error.lineno, error.message or "") from None
        except TemplateNotFound as error:
            place, line = self._where(error.__traceback__) or (name, 0)
            raise _faulty(place, line, f"there is no template {error.message}") from None
        except _WRONG as error:
            where = self._where(error.__traceback__)
            if where is None:  # not of the theme's making
                raise
            raise _faulty(*where, str(error)) from None

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        """Give a template's text, its file, and that it does not change while we run."""
        template = self._templates.get(name)
        return (template.text, template.place, lambda: True) if template else None

    def _where(self, trace: TracebackType | None) -> tuple[str, int] | None:
        """Find the innermost line of a template that an error came through."""
        found = None
        while trace is not None:
            place = trace.tb_frame.f_code.co_filename
            found = (place, trace.tb_lineno) if place in self._places else found
            trace = trace.tb_next
        return found


def _bytes(text: str) -> bytes:
    return (text.strip() + "\n").encode("utf-8", "xmlcharrefreplace")


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, which need not look closely at our own values: they do nothing. That takes a quarter less."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a template may ask for this."""
        if isinstance(obj, Struct):
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)


def clean(html: str) -> Any:
    """Mark HTML that our sanitiser made, so that a template prints it as it is."""
    return Markup(html)  # noqa: S704 - nothing else comes here


def _faulty(place: str, line: int, what: str) -> ConfigError:
    where = f"{place}, line {line}" if line else place
    return ConfigError(
        f"{where}: {what[:1].lower()}{what[1:]}",
        "the last good pages and feeds stand; mend the template, or take it away to use feedpub's own",
    )
