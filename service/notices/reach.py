"""Opens a connection to one host: only where it may go, and cut when it lasts too long.

A name is looked up once, what it stands for is looked at, and that very address is used: a name that
means another machine a moment later leads nowhere else.
"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from threading import Timer

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SILENCE_SECONDS = 10.0  # of one step
WHOLE_SECONDS = 20.0  # of everything, however often the other side says another letter


class Refused(Exception):  # noqa: N818 - it says what happened
    """The name stands for a machine that nothing is sent to."""


@dataclass(frozen=True)
class Target:
    """Where to. `private_too`: machines of the operator's own network are allowed."""

    host: str
    port: int
    encrypted: bool
    private_too: bool


@contextmanager
def connected(target: Target) -> Iterator[socket.socket]:
    """A connection, its certificate checked if it is encrypted.

    Raises Refused for an address that is not allowed, OSError for what cannot be reached, is not who it
    says or takes too long.
    """
    with closing(_open(target)) as opened, _limited(opened):
        if isinstance(opened, ssl.SSLSocket):
            opened.do_handshake()
        yield opened


def _open(target: Target) -> socket.socket:
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not all(is_allowed(target, address) for address in addresses):
        raise Refused
    plain = _first_that_answers(addresses, target.port)
    if not target.encrypted:
        return plain
    context = ssl.create_default_context()
    return context.wrap_socket(plain, server_hostname=target.host, do_handshake_on_connect=False)


def is_allowed(target: Target, address: str) -> bool:
    """This machine only if the operator wrote so; a private network only if that is allowed."""
    parsed = ip_address(address.partition("%")[0])
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    if parsed.is_loopback:
        return target.host in LOOPBACK
    if parsed.is_multicast or parsed.is_unspecified or parsed.is_link_local or parsed.is_reserved:
        return False
    return parsed.is_global or target.private_too


def _first_that_answers(addresses: list[str], port: int) -> socket.socket:
    failed: OSError = OSError()
    for address in dict.fromkeys(addresses):
        try:
            return socket.create_connection((address, port), SILENCE_SECONDS)
        except OSError as refused:
            failed = refused
    raise failed


@contextmanager
def _limited(opened: socket.socket) -> Iterator[None]:
    """Cut the connection after a time, in the middle of whatever it does."""

    def cut() -> None:
        with suppress(OSError):  # it ended meanwhile
            socket.socket.shutdown(opened, socket.SHUT_RDWR)

    timer = Timer(WHOLE_SECONDS, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
