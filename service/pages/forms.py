"""Posted forms: plain fields only, and only from our own pages."""

from starlette.requests import Request

from service.security.csrf import check_origin

MOST_FIELDS = 700


async def posted(request: Request) -> dict[str, str]:
    """The text fields of a posted form. Raises Forbidden when another site sent it."""
    check_origin(request)
    async with request.form(max_fields=MOST_FIELDS, max_files=1) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}
