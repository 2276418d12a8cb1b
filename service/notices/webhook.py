"""Tells a program what happened: ids and codes alone, signed, one event to a request.

The body is JSON; the header `Homeward-Signature: t=<seconds>,v1=<hex>` holds HMAC-SHA256 of
"<seconds>.<body>" under the shared secret. Redirects are not followed, the answer's body is not read,
and no machine of a private network is reached unless the operator allows it (`service.notices.reach`).
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from service.notices import reach
from service.notices.reach import LOOPBACK, Refused, Target

HEADER = "Homeward-Signature"


class NotDelivered(Exception):  # noqa: N818 - it says what happened
    """`code` is what a log may hold: unreachable, address_refused, secret_unreadable, or http_<status>."""

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
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for what is no number of a port
    except ValueError:
        return False
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    return safe and bool(parts.hostname) and not parts.username and not parts.fragment


def signature(secret: bytes, seconds: int, body: bytes) -> str:
    """The value of the header for a body sent at that moment (seconds since 1970)."""
    mac = hmac.new(secret, f"{seconds}.".encode() + body, hashlib.sha256)
    return f"t={seconds},v1={mac.hexdigest()}"


def post(url: str, secret: bytes, event: Event, seconds: int, *, private_too: bool = False) -> None:
    """Deliver one event. Raises NotDelivered for anything but an answer of the 200s."""
    parts = urlsplit(url)
    body = event.as_body()
    encrypted = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if encrypted else 80)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    headers = {
        "Host": parts.netloc,
        "Content-Type": "application/json",
        HEADER: signature(secret, seconds, body),
        "Connection": "close",
    }
    try:
        with reach.connected(Target(host, port, encrypted, private_too)) as opened:
            connection = HTTPConnection(host, port)
            connection.sock = opened
            connection.request("POST", path, body, headers)
            status = connection.getresponse().status
    except Refused:
        raise NotDelivered("address_refused") from None
    except (OSError, HTTPException):
        raise NotDelivered("unreachable") from None
    if not 200 <= status < 300:
        raise NotDelivered(f"http_{status}")
