"""A proxy in front of an HTTP server that fails as it is told to: refuses, forgets, answers late or not to the end."""

import http.client
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import urlsplit

Fault = Callable[[str], "int | float | str | None"]
"""Given "GET /path?query", told in order: a status to answer with, seconds to wait first, "cut" to close in the middle
of the body, "drop" to close without an answer, or None to pass it on."""


class Proxy:
    """What passed, and how to fail. `fault` can be set at any time."""

    def __init__(self, to: str) -> None:
        self.to, self.seen, self.lock = urlsplit(to), list[str](), Lock()
        self.fault: Fault = lambda request: None
        self.address = ""


@contextmanager
def proxy(to: str) -> Iterator[Proxy]:
    """A proxy to the server at the address `to`, on a free port."""
    kept = Proxy(to)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None: ...

        def answer(self) -> None:
            asked = f"{self.command} {self.path}"
            with kept.lock:
                kept.seen.append(asked)
                fault = kept.fault(asked)
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if isinstance(fault, float):
                time.sleep(fault)
            if fault == "drop":
                self.close_connection = True
                return
            status, headers, body = _refused(fault) if isinstance(fault, int) else self.passed_on(sent)
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            half = len(body) // 2 if fault == "cut" else len(body)
            if self.command != "HEAD":
                self.wfile.write(body[:half])
            self.close_connection = fault == "cut"

        def passed_on(self, sent: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
            there = http.client.HTTPConnection(kept.to.hostname or "", kept.to.port, timeout=30)
            there.request(self.command, self.path, sent, dict(self.headers))
            answer = there.getresponse()
            body = answer.read()
            left_out = ("transfer-encoding", "connection")
            headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in left_out]
            if not answer.getheader("Content-Length"):
                headers.append(("Content-Length", str(len(body))))
            there.close()
            return answer.status, headers, body

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who hangs up on us does it on purpose
    kept.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _refused(status: int) -> tuple[int, list[tuple[str, str]], bytes]:
    code = {403: "AccessDenied", 503: "ServiceUnavailable"}.get(status, "InternalError")
    body = f"<Error><Code>{code}</Code><Message>No.</Message></Error>".encode()
    return status, [("Content-Length", str(len(body))), ("Content-Type", "application/xml")], body
