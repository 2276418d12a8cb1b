"""Posted forms as plain text fields. That our own page sent them is checked by the gate before."""

import unicodedata

from starlette.requests import Request

_KEPT = frozenset("\n\r\t")


async def posted(request: Request) -> dict[str, str]:
    """The text fields of a posted form; of a repeated field, the last one."""
    form = await request.form()
    return {name: printable(value) for name, value in form.items() if isinstance(value, str)}


async def posted_lists(request: Request) -> dict[str, tuple[str, ...]]:
    """The text fields of a posted form, each with all its values: ticked boxes of one name."""
    form = await request.form()
    return {
        name: tuple(printable(value) for value in form.getlist(name) if isinstance(value, str))
        for name in form
    }


async def posted_file(request: Request) -> bytes:
    """The first file of a posted form; empty when there is none."""
    async with request.form() as form:
        for value in form.values():
            if not isinstance(value, str):
                return await value.read()
    return b""


def printable(text: str) -> str:
    """Without controls and halves of surrogate pairs: no keyboard sends them, no database keeps them."""
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cs"))
