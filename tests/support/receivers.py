"""Real receivers on 127.0.0.1: a web server and a mail server that keep what they are sent."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Posted:
    """What a web server got: headers and body of each post. `answers` are given in turn, then 204."""

    port: int = 0
    answers: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def web_receiver() -> Iterator[Posted]:
    posted = Posted()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = posted.answers.pop(0) if posted.answers else 204
            if status < 300:
                posted.got.append((dict(self.headers), body))
            self.send_response(status)
            self.send_header("Location", f"http://127.0.0.1:{posted.port}/elsewhere")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            del args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    posted.port = server.server_port
    with _served(server):
        yield posted


@dataclass
class Mailed:
    """What a mail server got: the recipients and the text of each mail. Those in `refused` are not taken."""

    port: int = 0
    refused: set[str] = field(default_factory=set)
    got: list[tuple[list[str], str]] = field(default_factory=list)


@contextmanager
def mail_receiver() -> Iterator[Mailed]:
    """As much of SMTP (RFC 5321) as a sender needs who neither encrypts nor logs in."""
    mailed = Mailed()

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 receiver")
            recipients: list[str] = []
            for line in self.rfile:
                word = line.decode().strip()
                verb = word[:4].upper()
                if verb == "RCPT" and any(one in word for one in mailed.refused):
                    self.say("550 unknown")
                elif verb == "DATA":
                    self.say("354 go on")
                    mailed.got.append((recipients, self.text()))
                    recipients = []
                    self.say("250 kept")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    if verb == "RCPT":
                        recipients.append(word.partition(":")[2].strip("<> "))
                    self.say("250 ok")

        def text(self) -> str:
            lines = iter(lambda: self.rfile.readline().decode(), ".\r\n")
            return "".join(lines)

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    mailed.port = server.server_address[1]
    with _served(server):
        yield mailed


@contextmanager
def _served(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield
    server.shutdown()
    server.server_close()
    thread.join()
