"""Templates to responses, autoescaped. Headers are added by the layer around the application."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from service import speech
from service.pages import staff_words
from service.speech import _, n_


@cache
def environment() -> Environment:
    """The one Jinja environment. A misspelt variable is an error, not an empty place."""
    made = Environment(
        loader=PackageLoader("service.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.filters.update(staff_words.FILTERS)
    made.install_gettext_callables(_, n_, newstyle=True)  # type: ignore[attr-defined]  # the extension's
    made.globals.update(spoken_language=speech.language, direction=speech.direction, comma=speech.comma)
    return made


def render(template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page. `values` reach the template as they are; everything is escaped there."""
    text = environment().get_template(template).render(**values)
    return HTMLResponse(text, status_code=status)
