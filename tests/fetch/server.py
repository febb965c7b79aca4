"""A real HTTP server on this computer that says what a test wants, and misbehaves where it should."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

ATOM = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer."""

    body: bytes = b""
    status: int = 200
    kind: str = ATOM
    headers: dict[str, str] = field(default_factory=dict)
    stated_length: int | None = None
    """Content-Length where it is not the body's: the connection closes early."""
    pause: float = 0.0
    """Seconds before the body, which then comes a byte at a time."""


@dataclass(frozen=True, kw_only=True)
class Request:
    path: str
    query: dict[str, str]
    headers: dict[str, str]


class Server:
    """Replies by path, in order; the last one of a path is repeated."""

    def __init__(self, host: str) -> None:
        self.replies: dict[str, list[Reply]] = defaultdict(list)
        self.requests: list[Request] = []
        self._http = ThreadingHTTPServer((host, 0), _handler(self))
        self.url = f"http://{host}:{self._http.server_port}"
        self.stop = threading.Event()

    def says(self, path: str, *replies: Reply) -> str:
        """Let the path answer so from now on; its address."""
        self.replies[path] = list(replies)
        return self.url + path

    def reply_to(self, request: Request) -> Reply:
        self.requests.append(request)
        waiting = self.replies.get(request.path)
        if not waiting:
            return Reply(status=404, kind="text/plain")
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    @contextmanager
    def running(self) -> Iterator[Server]:
        thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.stop.set()
            self._http.shutdown()
            self._http.server_close()
            thread.join()


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            reply = server.reply_to(Request(path=parts.path, query=query, headers=dict(self.headers)))
            self.send_response(reply.status)
            if reply.kind:
                self.send_header("Content-Type", reply.kind)
            length = len(reply.body) if reply.stated_length is None else reply.stated_length
            self.send_header("Content-Length", str(length))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self._send_body(reply)

        def _send_body(self, reply: Reply) -> None:
            try:
                for piece in _bytes(reply.body) if reply.pause else [reply.body]:
                    if reply.pause and server.stop.wait(reply.pause):
                        return
                    self.wfile.write(piece)
                    self.wfile.flush()
            except OSError:  # the client had enough
                return

        def log_message(self, *args: Any) -> None:
            """Tests are quiet."""

    return Handler


def _bytes(body: bytes) -> list[bytes]:
    return [body[n : n + 1] for n in range(len(body))]
