"""A page of our own templates as PDF, in any script. Pictures stand in the page; nothing else is loaded."""

import re
from typing import Any

from service.errors import Unavailable
from service.pages.inert import direction_of
from service.pages.rendering import environment

_ISOLATED = re.compile('<bdi dir="auto">(.*?)</bdi>', re.DOTALL)


def as_pdf(template: str, **values: Any) -> bytes:
    """Renders `print/<template>.html`. Raises Unavailable where the system's text layout is missing."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError:
        raise Unavailable(
            "pdf_not_installed",
            "This machine cannot write PDF yet. The administrator installs the packages libpango-1.0-0, "
            "libpangoft2-1.0-0, libharfbuzz-subset0 and fonts-noto-core.",
        ) from None
    html = directed(environment().get_template(f"print/{template}.html").render(**values))
    made = HTML(
        string=html, url_fetcher=URLFetcher(allowed_protocols=["data"], allow_redirects=False), base_url=None
    ).write_pdf()
    if made is None:
        raise AssertionError("a PDF written to no file is returned")
    return bytes(made)


def directed(html: str) -> str:
    """The page with every `dir="auto"` of a name decided: the layout of PDF does not know it."""
    return _ISOLATED.sub(lambda found: f'<bdi dir="{direction_of(found[1]) or "ltr"}">{found[1]}</bdi>', html)
