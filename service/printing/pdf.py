"""A page of our own templates as PDF, in any script. Pictures stand in the page; nothing else is loaded."""

from typing import Any

from service.errors import Unavailable
from service.pages.rendering import environment


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
    html = environment().get_template(f"print/{template}.html").render(**values)
    made = HTML(
        string=html, url_fetcher=URLFetcher(allowed_protocols=["data"], allow_redirects=False), base_url=None
    ).write_pdf()
    if made is None:
        raise AssertionError("a PDF written to no file is returned")
    return bytes(made)
