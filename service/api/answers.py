"""The errors that every route may answer with, for the description of the API."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Problem(BaseModel):
    """An error: `code` is stable, `detail` is a sentence that says what to do next."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:homeward:problem:changed_meanwhile",
                    "title": "Changed meanwhile",
                    "status": 412,
                    "code": "changed_meanwhile",
                    "detail": "This was changed since you read it. Read it again, then decide.",
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    code: str
    detail: str


_MEANINGS = {
    400: "The body or a header cannot be read.",
    401: "Not signed in, or the key is not valid.",
    403: "The account may not do this.",
    404: "Absent, or another organisation's: the answer is the same.",
    409: "Not possible in the present state.",
    412: "Changed since it was read.",
    413: "Too large.",
    422: "Fields are missing or not understood; `errors` names them, without their values.",
    428: "If-Match is missing.",
    429: "Too many attempts; see Retry-After.",
    503: "The database is busy or away; nothing was changed; see Retry-After.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route."""
    return {
        status: {
            "description": _MEANINGS[status],
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in (*statuses, 422, 429, 503)
    }


PUBLIC = problems(400, 403, 404, 413)
STAFF = problems(400, 401, 403, 404, 413)
CHANGE = problems(400, 401, 403, 404, 409, 412, 413, 428)
