"""Forged requests: who carries a cookie must also carry the token of the sign-in, from our own pages."""

import hmac
from urllib.parse import urlsplit

from starlette.requests import Request

from service.errors import Forbidden

HEADER = "x-csrf-token"
FIELD = "csrf_token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def check_origin(request: Request) -> None:
    """Raises Forbidden when a browser says that the request comes from another site.

    `Origin: null` says nothing: with our own `no-referrer` policy a browser sends it with forms of our
    own pages. Where it could come from elsewhere, Sec-Fetch-Site or the token tells.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        raise _forged()
    origin = request.headers.get("origin")
    if origin is not None and origin != "null" and urlsplit(origin).netloc != request.headers.get("host", ""):
        raise _forged()


def check_token(sent: str, expected: str) -> None:
    """Raises Forbidden unless the token is the one of the sign-in."""
    if not expected or not hmac.compare_digest(sent.encode(), expected.encode()):
        raise Forbidden(
            "form_out_of_date", "This form is out of date. Load the page again and repeat the step."
        )


async def sent_token(request: Request) -> str:
    """The token in the header, or in the field of a form."""
    if request.method in SAFE_METHODS:
        return ""
    header = request.headers.get(HEADER)
    if header is not None:
        return header
    kind = request.headers.get("content-type", "")
    if kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        field = (await request.form()).get(FIELD)
        return field if isinstance(field, str) else ""
    return ""


def _forged() -> Forbidden:
    return Forbidden("other_site", "This request came from another site and was not carried out.")
