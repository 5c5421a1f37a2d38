"""An object store on loopback for the tests: moto's S3, and faults on request.

with started() as store:                                     # or the fixture `objects`, shared by all tests
    bucket = store.bucket()                                  # "s3://test-1", new and empty
    store.faults.append(Fault("PUT", r"manifest", answer=503, times=2))
    environment = {**os.environ, **store.environment}        # for runs as processes of their own
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Lock, Thread
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

Answer = Callable[..., Any]


@dataclass
class Fault:
    """Something that goes wrong with requests of a kind."""

    method: str
    """Empty: any."""
    asked: str
    """Pattern found in "/bucket/key?query"."""
    answer: int | None = None
    """Status to answer with, nothing being done. 0: the connection is closed without an answer."""
    after: bool = False
    """Do what was asked, then give the wrong answer."""
    delay: float = 0
    """Seconds before anything happens."""
    together: int = 0
    """How many requests it must have met before any of them is answered: they stand there at the same time."""
    cut: int | None = None
    """Bytes of the answer's body that are sent before the connection is closed."""
    times: int = 1 << 30
    """How many requests it happens to."""
    skip: int = 0
    """How many pass before it happens."""
    met: int = 0
    """How many it has met, the skipped ones among them."""


@dataclass
class ObjectStore:
    endpoint: str
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """All requests: "PUT /bucket/key?query"."""

    def __post_init__(self) -> None:
        from s3fs import S3FileSystem  # it and moto take half a second: only where a test asks for the store

        self._lock, self._numbers = Lock(), count(1)
        self.fs = S3FileSystem(
            endpoint_url=self.endpoint, key="test", secret="test", client_kwargs={"region_name": "us-east-1"},
            use_listings_cache=False, skip_instance_cache=True,
        )  # fmt: skip

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to find it."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
        }  # fmt: skip

    def bucket(self) -> str:
        """The address of a new bucket."""
        name = f"test-{next(self._numbers)}"
        self.fs.call_s3("create_bucket", Bucket=name)
        return f"s3://{name}"

    def names(self, place: str) -> list[str]:
        """The names of all objects below an address, also while a run writes there.

        Where `find` lists nothing it asks once more, and takes what has come meanwhile for an object of that name.
        """
        root = place.removeprefix("s3://") + "/"
        found = self.fs.find(root, detail=True)
        return [name.removeprefix(root) for name, info in found.items() if info["type"] == "file"]

    def tree(self, place: str) -> dict[str, bytes]:
        """All objects below an address, by their name there. Only when nobody writes there."""
        return {name: self.fs.cat_file(f"{place}/{name}") for name in self.names(place)}

    def uploads(self, place: str) -> list[Any]:
        """The uploads that were begun and not ended."""
        return list(self.fs.list_multipart_uploads(place.removeprefix("s3://").partition("/")[0]))

    def fault(self, asked: str) -> Fault | None:
        """The fault that happens to a request."""
        with self._lock:
            self.asked.append(asked)
            for one in self.faults:
                method, _, rest = asked.partition(" ")
                if one.method in (method, "") and one.met < one.skip + one.times and re.search(one.asked, rest):
                    one.met += 1
                    if one.met > one.skip:
                        return one
        return None


class _HungUp(ConnectionError):
    """Ends a request without another byte."""


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        pass

    def connection_dropped(self, error: BaseException, environ: Any = None) -> None:
        self.close_connection = True


def _with_faults(app: Answer, store: ObjectStore) -> Answer:
    def answer(environ: dict[str, Any], start_response: Answer) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        asked = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}{'?' if query else ''}{query}"
        fault = store.fault(asked)
        if not fault:
            return app(environ, start_response)
        time.sleep(fault.delay)
        while fault.met < fault.together:  # the client loses its patience, not the store
            time.sleep(0.01)
        if fault.answer is not None:
            if fault.after:
                list(app(environ, lambda *told: lambda body: None))
            elif fault.answer:
                chunked, size = environ.get("wsgi.input_terminated"), environ.get("CONTENT_LENGTH")
                environ["wsgi.input"].read(-1 if chunked else int(size or 0))
            if fault.answer == 0:
                raise _HungUp
            start_response(f"{fault.answer} Fault", [("Content-Type", "application/xml")])
            code = {503: "ServiceUnavailable", 500: "InternalError", 403: "AccessDenied"}.get(fault.answer, "Fault")
            return [f"<Error><Code>{code}</Code><Message>a fault of the test</Message></Error>".encode()]
        body = app(environ, start_response)
        return body if fault.cut is None else _cut(body, fault.cut)

    return answer


def _cut(body: Iterable[bytes], most: int) -> Iterator[bytes]:
    for piece in body:
        yield piece[:most]
        if (most := most - len(piece)) < 0:
            raise _HungUp


@contextmanager
def started() -> Iterator[ObjectStore]:
    """A server on a free port of loopback, in a thread."""
    from moto.server import DomainDispatcherApplication, create_backend_app

    app: Any = None

    def serve(environ: dict[str, Any], start_response: Answer) -> Iterable[bytes]:
        return app(environ, start_response)  # type: ignore[no-any-return]

    server = make_server("127.0.0.1", 0, serve, threaded=True, request_handler=_Quiet)
    store = ObjectStore(f"http://127.0.0.1:{server.server_port}")
    app = _with_faults(DomainDispatcherApplication(create_backend_app), store)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
