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
    return (await posted_with_file(request))[1]


async def posted_with_file(request: Request) -> tuple[dict[str, str], bytes]:
    """The text fields of a posted form and its first file, empty when there is none."""
    texts: dict[str, str] = {}
    content = b""
    async with request.form() as form:
        for name, value in form.items():
            if isinstance(value, str):
                texts[name] = printable(value)
            elif not content:
                content = await value.read()
    return texts, content


def printable(text: str) -> str:
    """Without controls and halves of surrogate pairs: no keyboard sends them, no database keeps them."""
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cs"))
