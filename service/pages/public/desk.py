"""What the public pages need of the service: nothing but filing, the coarse state, and withdrawing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request

from schemas.review import PublicStatus
from schemas.tracing import TracingRequest


@dataclass(frozen=True)
class Host:
    """Who runs this instance, as relatives read it; `contact` may be empty."""

    organisation: str
    contact: str = ""
    keeps_months: int = 24


class Desk(Protocol):
    """The use cases behind the public pages. None of them looks at what the lists hold."""

    def host(self) -> Host:
        """Who runs this instance."""

    def file(self, request: TracingRequest, key: str, sender: Request) -> str:
        """Keeps the request and returns its case code in groups; the same key gives the same code."""

    def status(self, code: str, sender: Request) -> PublicStatus | None:
        """The coarse state of the request with this code, or None when no request has it."""

    def withdraw(self, code: str, sender: Request) -> bool:
        """Takes the request back; False when no request has this code."""


MakeDesk = Callable[[], Desk]
