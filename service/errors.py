# ruff: noqa: N818 - "NotFound" says it; "NotFoundError" says it twice
"""Errors as sentences with a stable code. Parts raise them; `service.api.problems` turns them into HTTP."""

from collections.abc import Mapping


class HomewardError(Exception):
    """Something the caller can act on.

    `code` is stable snake_case; `sentence` says what happened and what to do next, and never holds
    anything a caller sent or the database keeps about a person. `status` is the HTTP status.
    """

    status = 400

    def __init__(
        self, code: str, sentence: str, status: int | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.status = status or type(self).status
        self.headers = dict(headers or {})


class Unauthenticated(HomewardError):
    status = 401


class Forbidden(HomewardError):
    status = 403


class NotFound(HomewardError):
    """Absent and foreign objects alike: the answer must not tell which."""

    status = 404

    def __init__(self, code: str = "not_found", sentence: str = "There is nothing here.") -> None:
        super().__init__(code, sentence)


class Conflict(HomewardError):
    status = 409


class Gone(HomewardError):
    status = 410


class Erased(Gone):
    """A request that ended, and everything that was told in it."""

    def __init__(self) -> None:
        super().__init__(
            "request_erased",
            "What was told in this request was erased after it had ended. Nothing is left to read or to do.",
        )


class PreconditionFailed(HomewardError):
    """Somebody changed the object since the caller read it."""

    status = 412

    def __init__(
        self,
        code: str = "changed_meanwhile",
        sentence: str = "This was changed since you read it. Read it again, then decide.",
    ) -> None:
        super().__init__(code, sentence)


class TooLarge(HomewardError):
    status = 413


class Unprocessable(HomewardError):
    status = 422


class PreconditionRequired(HomewardError):
    status = 428


class TooMany(HomewardError):
    """A limit was reached; `retry_after` is in seconds."""

    status = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            "too_many_attempts",
            "Too many attempts. Please wait a few minutes and try again.",
            headers={"Retry-After": str(max(1, retry_after))},
        )


class Unavailable(HomewardError):
    """The database is away or locked; nothing was changed."""

    status = 503

    def __init__(
        self,
        code: str = "try_again",
        sentence: str = "The service is busy for a moment. Nothing was changed; please try again.",
    ) -> None:
        super().__init__(code, sentence, headers={"Retry-After": "2"})
