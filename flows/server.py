"""Prefect's own server for the time of one run, where the user has set up none. As a process it is that server.

Prefect would start one by itself, which has three faults at a terminal: it gets the same Ctrl-C as the run, which then
tries for a minute to reach it; it outlives a run that is killed; and where it cannot start, the whole time-out passes
before anybody hears of it. This one stands apart from the terminal, ends with the process that started it, and starts
while that process is still busy importing Prefect.
"""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import threading
from collections import deque
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

from flows.cleaning.crew import environment, process

TIMEOUT = "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"
SETTINGS = {
    TIMEOUT: "180",  # Prefect's default of 20 is short on a busy machine
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",  # without it the client prints a notice on terminals, and sends events of its own
}


PORT = 4200
"""Prefect's own, where people look for its UI."""


class NoServer(RuntimeError):
    """Prefect's own server does not start. The message holds its last words."""


def quieten() -> None:
    """Set what Prefect reads when it is imported: no analytics, nothing on the console. What the user has set stays.

    Its home folder is left alone: the run history that Prefect keeps there is what somebody who opens its UI later
    wants to see, and a fresh one would cost each run five seconds. A run writes nothing else outside its output folder.
    """
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    if "PREFECT_LOGGING_LEVEL" not in os.environ:  # only the console: the API still gets what is logged
        os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")


def start(*, lasting: bool = False) -> Callable[[], None]:
    """Start a server and make it Prefect's, unless the user has chosen one. Returns the function that waits for it.

    `lasting`: with what schedules need, and the UI, at Prefect's own port if that is free. To be called before Prefect
    is imported. The wait raises NoServer. The server ends with this process, after all that Prefect still has to tell
    it at the end.
    """
    quieten()
    if _chosen():
        return lambda: None
    with _listener(PORT if lasting else 0) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        server = subprocess.Popen(
            process("flows.server", listener.fileno(), *(["lasting"] if lasting else [])),
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
            pass_fds=[listener.fileno()], env=environment() | _home() | {"PREFECT_UI_API_URL": url},
            cwd=os.path.abspath(os.sep),  # Prefect's alembic imports from the working directory: nobody's modules
        )  # fmt: skip
    assert server.stderr
    last_words: deque[bytes] = deque(maxlen=3)
    said = (line for line in server.stderr if line.strip() and not line.startswith(b" "))  # not the traceback's inside
    reader = threading.Thread(target=last_words.extend, args=(said,), daemon=True)
    reader.start()
    atexit.register(_stop, server)
    os.environ["PREFECT_API_URL"] = url

    def wait() -> None:
        try:
            with urlopen(f"{url}/health", timeout=float(os.environ[TIMEOUT])):
                return
        except (OSError, HTTPException) as error:
            _stop(server)
            reader.join(2)
            why = b"".join(last_words).decode(errors="replace").strip() or str(error)
            raise NoServer(f"Prefect's own server does not start: {why}") from None

    return wait


def _home() -> dict[str, str]:
    """Prefect's home folder, if the user has named one, from wherever the server is."""
    home = os.environ.get("PREFECT_HOME")
    return {"PREFECT_HOME": str(Path(home).expanduser().absolute())} if home else {}


def _listener(port: int) -> socket.socket:
    """A socket that listens on this machine alone, at the port or, where that is taken, at any."""
    with contextlib.suppress(OSError):
        return socket.create_server(("127.0.0.1", port))
    return socket.create_server(("127.0.0.1", 0))


def _chosen() -> bool:
    """Whether the user has told Prefect which server to use, as far as can be seen without importing it."""
    if any(os.environ.get(name) for name in ("PREFECT_API_URL", "PREFECT_PROFILE")):
        return True
    home = Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser()
    for file in (home / "profiles.toml", Path("prefect.toml"), Path("pyproject.toml"), Path(".env")):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            text = file.read_text()
            if "PREFECT_API_URL" in text or "[tool.prefect" in text or file.name == "prefect.toml":
                return True
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(6)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _end_with_parent() -> None:
    """Wait until the process that started this one is gone, then end; by force where that takes long."""
    while os.read(0, 1):
        pass
    threading.Timer(5, os._exit, args=(1,)).start()
    os.kill(os.getpid(), signal.SIGTERM)


def main(listener: str, how: str = "") -> None:
    """Serve Prefect's API on the listening socket of this number; `how` "lasting": all of Prefect."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app(ephemeral=how != "lasting", final=True)
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[socket.socket(fileno=int(listener))])
