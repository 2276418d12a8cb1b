"""Identifiers in addresses: whatever is none of ours is looked up as one that nobody has."""

import re
from typing import Annotated

from fastapi import Path, Query
from pydantic import AfterValidator

NOBODY = "0" * 32
_ID = re.compile("[0-9a-f]{32}", re.ASCII)


def known_form(text: str) -> str:
    """The text when it looks like an identifier, else `NOBODY`: malformed, absent and foreign look alike."""
    return text if _ID.fullmatch(text) else NOBODY


def cursor(text: str) -> str:
    """As `known_form`, but nothing instead of nobody: the first page."""
    return text if _ID.fullmatch(text) else ""


Id = Annotated[str, Path(), AfterValidator(known_form)]
After = Annotated[str, Query(), AfterValidator(cursor)]
