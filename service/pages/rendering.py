"""Templates to responses: autoescaped, never cached, with the headers that every page carries."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

# No script at all; forms go home only; nothing is loaded from anywhere else.
CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
PAGE_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@cache
def environment() -> Environment:
    """The one Jinja environment. A misspelt variable is an error, not an empty place."""
    from service.pages import staff_words

    made = Environment(
        loader=PackageLoader("service.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(staff_words.FILTERS)
    return made


def render(template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page. `values` reach the template as they are; everything is escaped there."""
    text = environment().get_template(template).render(**values)
    return HTMLResponse(text, status_code=status, headers=PAGE_HEADERS)
