"""Where the shards of a run are cleaned: in threads of this process, or on Dask. Importing this imports no Prefect."""

import os
import re
import sys
import warnings
from concurrent.futures import CancelledError
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prefect.task_runners import TaskRunner

THREADS = "threads"
"""The engine of a run that names none."""
FORM = re.compile(r"threads|dask(?:=(?P<address>[a-z]+://(?:\[[0-9a-fA-F:]+\]|[^\s:\[\]]+):\d+))?")
"""What an engine is called: threads, dask, or dask=protocol://host:port."""
LOOPBACK = re.compile(r"[a-z]+://(?:127\.|localhost[:/]|\[?::1)")
"""Addresses that no other machine can reach."""


class EngineError(ValueError):
    """The engine cannot be used. The message says what to do."""


def check(engine: str) -> None:
    """Raise EngineError where a run cannot begin on the engine."""
    form = FORM.fullmatch(engine)
    if not form:
        raise EngineError(f"no engine is called {engine!r}. Use threads, dask, or dask=tcp://host:port.")
    if engine == THREADS:
        return
    if find_spec("prefect_dask") is None:
        raise EngineError("the engine dask needs an extra. Install it with: pip install 'boilerstrip[dask]'")
    address, api = form["address"], os.environ.get("PREFECT_API_URL")
    if address and not LOOPBACK.match(address) and not api:
        raise EngineError(
            f"the workers of {address} cannot reach a Prefect server on this machine's loopback. "
            "Set PREFECT_API_URL to a server that they can reach (prefect server start --host 0.0.0.0)."
        )


def runner(engine: str, workers: int, scratch: Path) -> "TaskRunner[Any]":
    """The Prefect task runner of an engine.

    `workers`: how many shards are cleaned at the same time; a cluster at an address has its own number. `scratch`: the
    folder for what Dask writes, if it is started here.
    """
    if engine == THREADS:
        from prefect.task_runners import ThreadPoolTaskRunner

        threads: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=workers)
        return threads
    check(engine)
    from dask import config

    config.set({"distributed.logging.distributed": "error", "temporary-directory": str(scratch)})
    from prefect_dask.task_runners import DaskTaskRunner

    warnings.filterwarnings("ignore", "Sending large graph")  # Dask's name for a task with its data: a shard's pages
    address = engine.partition("=")[2]
    # Cleaning is done in processes of our own, so that Dask's need no other protection: one thread each, no web page.
    kwargs = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
    cluster: TaskRunner[Any] = DaskTaskRunner(address=address) if address else DaskTaskRunner(cluster_kwargs=kwargs)
    return cluster


def prepare(runner: Any) -> None:
    """Let the processes of a started runner's cluster import boilerstrip before anything of a run comes to them.

    From then on they take `flows` from beside it (boilerstrip.py), whatever lies in their working directory. Raises
    RuntimeError where one cannot.
    """
    if client := getattr(runner, "client", None):
        try:
            client.run_on_scheduler(import_module, "boilerstrip")
            client.register_worker_callbacks(partial(import_module, "boilerstrip"))  # also of workers that come later
        except ImportError as error:
            raise RuntimeError(f"the Dask scheduler and its workers need this boilerstrip too: {error}") from error


def faults() -> tuple[type[Exception], ...]:
    """What a run raises where its surroundings fail it: the disk, the server, or a Dask cluster whose workers die."""
    distributed = sys.modules.get("distributed")
    return (OSError, RuntimeError, *((CancelledError, distributed.KilledWorker) if distributed else ()))


def size(runner: Any, workers: int) -> int:
    """How many shards a started runner cleans at the same time: on Dask, the threads that its cluster has by now."""
    client = getattr(runner, "client", None)
    return max(workers, sum(client.nthreads().values())) if client else workers
