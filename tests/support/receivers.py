"""Real receivers on 127.0.0.1: a web server and a mail server that keep what they are sent."""

import socketserver
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Posted:
    """What a web server got: headers and body of each post. `answers` are given in turn, then 204.

    `silent`: it keeps what it gets and never answers. `drips`: it answers a letter at a time.
    """

    port: int = 0
    answers: list[int] = field(default_factory=list)
    silent: bool = False
    drips: bool = False
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def web_receiver(tls: ssl.SSLContext | None = None) -> Iterator[Posted]:
    posted = Posted()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = posted.answers.pop(0) if posted.answers else 204
            if status < 300:
                posted.got.append((dict(self.headers), body))
            if posted.silent:
                self.rfile.read(1)  # until the other side has gone
                return
            if posted.drips:
                self._drip()
            self.send_response(status)
            self.send_header("Location", f"{'https' if tls else 'http'}://localhost:{posted.port}/elsewhere")
            self.end_headers()

        def _drip(self) -> None:
            for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"o" * 40:
                self.wfile.write(bytes([letter]))
                self.wfile.flush()
                time.sleep(0.05)

        def log_message(self, *args: object) -> None:
            del args

    server = _Quiet(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    posted.port = server.server_port
    with _served(server):
        yield posted


class _Quiet(ThreadingHTTPServer):
    """Says nothing of clients that break off, which is what these tests are about."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        del request, client_address


@dataclass
class Mailed:
    """What a mail server got: the recipients and the text of each mail, and every line it was told.

    Recipients in `refused` are never taken, those in `busy` are wanted later.
    """

    port: int = 0
    refused: set[str] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)
    got: list[tuple[list[str], str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


@contextmanager
def mail_receiver(tls: ssl.SSLContext | None = None, *, from_the_start: bool = False) -> Iterator[Mailed]:
    """As much of SMTP (RFC 5321) as a sender needs. With `tls` it offers STARTTLS, or begins with TLS."""
    mailed = Mailed()

    class Handler(_Conversation):
        receiver = mailed
        certificate = tls
        encrypted = from_the_start

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    mailed.port = server.server_address[1]
    with _served(server):
        yield mailed


class _Conversation(socketserver.StreamRequestHandler):
    """One client of the mail server."""

    receiver: Mailed
    certificate: ssl.SSLContext | None
    encrypted: bool

    def handle(self) -> None:
        try:
            if self.encrypted:
                self._encrypt()
            self._talk()
        except OSError:
            return  # the client went, because of the certificate most of all

    def finish(self) -> None:
        super().finish()
        self.connection.close()  # the encrypted one is not the one that the server opened

    def _talk(self) -> None:
        self._say("220 receiver")
        recipients: list[str] = []
        while line := self.rfile.readline().decode().strip():
            self.receiver.told.append(line)
            verb = line[:4].upper()
            if verb == "QUIT":
                self._say("221 bye")
                return
            if verb == "DATA":
                self._say("354 go on")
                self.receiver.got.append((recipients, self._text()))
                recipients = []
            elif verb == "RCPT" and not self._takes(line):
                continue
            elif verb == "RCPT":
                recipients.append(line.partition(":")[2].strip("<> "))
            self._answer(verb)

    def _answer(self, verb: str) -> None:
        if verb == "EHLO":
            offers = ["receiver", "STARTTLS"] if self.certificate and not self.encrypted else ["receiver"]
            offers += ["AUTH PLAIN"]
            for offer in offers[:-1]:
                self._say(f"250-{offer}")
            self._say(f"250 {offers[-1]}")
        elif verb == "STAR" and self.certificate:
            self._say("220 go on")
            self._encrypt()
            self.encrypted = True
        elif verb == "STAR":
            self._say("502 not here")
        else:
            self._say("235 welcome" if verb == "AUTH" else "250 ok")

    def _takes(self, line: str) -> bool:
        for addresses, answer in ((self.receiver.refused, "550 unknown"), (self.receiver.busy, "451 later")):
            if any(one in line for one in addresses):
                self._say(answer)
                return False
        return True

    def _encrypt(self) -> None:
        assert self.certificate is not None
        self.connection = self.certificate.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _text(self) -> str:
        lines = iter(lambda: self.rfile.readline().decode(), ".\r\n")
        return "".join(lines)


@contextmanager
def _served(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield
    server.shutdown()
    server.server_close()
    thread.join()
