"""What the routes share: the store, versions as ETags, cursors, and identifiers that are only that."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Path, Query
from pydantic import ConfigDict
from starlette.responses import Response

from service.errors import HomewardError, PreconditionRequired
from service.security.gate import store_of
from service.store.work import Store

TheStore = Annotated[Store, Depends(store_of)]
ID_PATTERN = "^[0-9a-f]{32}$"
Id = Annotated[str, Path(pattern=ID_PATTERN, examples=["0f8fad5bd9cb469fa16570867728950e"])]
After = Annotated[
    str | None,
    Query(pattern=ID_PATTERN, description="`next_after` of the page before; leave out for the first page."),
]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern="^[A-Za-z0-9_-]{16,128}$",
        description="128 random bits made by the client. The same key with the same body within 24 hours "
        "is answered as the first time and changes nothing.",
        examples=["3f0d4c4e9b1e4f0c8a5d2b7c6e9f1a20"],
    ),
]
_ETAG = re.compile(r'"([0-9]{1,9})"', re.ASCII)


@dataclass(frozen=True)
class PageLimit:
    """How many rows a page may have."""

    limit: Annotated[int, Query(ge=1, le=100)] = 25


Limit = Annotated[PageLimit, Depends()]


def expected_version(
    if_match: Annotated[
        str | None, Header(alias="If-Match", description="The ETag that you read.", examples=['"3"'])
    ] = None,
) -> int:
    """The version that the caller read. Raises 428 without one, 400 when it is none of ours."""
    if if_match is None:
        raise PreconditionRequired(
            "if_match_needed", "Send the ETag that you read as If-Match, so that no change is lost."
        )
    found = _ETAG.fullmatch(if_match.strip())
    if found is None:
        raise HomewardError("if_match_malformed", 'If-Match must be an ETag of this service, such as "3".')
    return int(found.group(1))


Expected = Annotated[int, Depends(expected_version)]


def tag(response: Response, version: int) -> None:
    """Say which version the answer shows."""
    response.headers["ETag"] = f'"{version}"'


def body_with(*examples: dict[str, Any]) -> ConfigDict:
    """The configuration of a body: unknown fields are refused, and the description shows examples."""
    return ConfigDict(frozen=True, extra="forbid", json_schema_extra={"examples": list(examples)})
