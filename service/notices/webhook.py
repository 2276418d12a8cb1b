"""Tells a program what happened: ids and codes alone, signed, one event to a request.

The body is JSON; the header `Homeward-Signature: t=<seconds>,v1=<hex>` holds HMAC-SHA256 of
"<seconds>.<body>" under the shared secret. Redirects are not followed, the answer's body is not read.
"""

import hashlib
import hmac
import json
import ssl
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

SECONDS = 10.0
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
HEADER = "Homeward-Signature"


class NotDelivered(Exception):  # noqa: N818 - it says what happened
    """`code` is what a log may hold: unreachable, or http_<status>."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Event:
    """One row of the audit log as a program may read it. `event_id` is the same at every try."""

    event_id: str
    act: str
    kind: str
    object_id: str
    organisation_id: str
    day: str  # YYYY-MM-DD: an exact time would identify a public submission

    def as_body(self) -> bytes:
        return json.dumps(self.__dict__, separators=(",", ":"), sort_keys=True).encode()


def acceptable(url: str) -> bool:
    """https, or http to this machine; no user, no fragment."""
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    return safe and bool(parts.hostname) and not parts.username and not parts.fragment


def signature(secret: bytes, seconds: int, body: bytes) -> str:
    """The value of the header for a body sent at that moment (seconds since 1970)."""
    mac = hmac.new(secret, f"{seconds}.".encode() + body, hashlib.sha256)
    return f"t={seconds},v1={mac.hexdigest()}"


def post(url: str, secret: bytes, event: Event, seconds: int) -> None:
    """Deliver one event. Raises NotDelivered for anything but an answer of the 200s."""
    parts = urlsplit(url)
    body = event.as_body()
    connection = _connection(parts)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    headers = {"Content-Type": "application/json", HEADER: signature(secret, seconds, body)}
    try:
        connection.request("POST", path, body, headers)
        status = connection.getresponse().status
    except (OSError, HTTPException):
        raise NotDelivered("unreachable") from None
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise NotDelivered(f"http_{status}")


def _connection(parts: SplitResult) -> HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "https":
        return HTTPSConnection(host, parts.port, timeout=SECONDS, context=ssl.create_default_context())
    return HTTPConnection(host, parts.port, timeout=SECONDS)
