"""A schedule on one machine: a deployment whose runs this process starts itself. Importing this imports Prefect."""

import os
import sys
from typing import Any

from prefect import serve as serve_deployments
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType
from pydantic import ValidationError

from flows.run import clean_pages

ENTRYPOINT = "boilerstrip.clean_pages"
"""The flow as Prefect is to import it, with the working directory first in sys.path: `flows` may be somebody else's."""


def serve(name: str, cron: str, timezone: str, parameters: dict[str, Any]) -> None:
    """Deploy the flow under the name and run it whenever it is due, until this process is stopped.

    A run that is due while one goes on is cancelled: the next has its pages too. Raises ValueError where the cron line
    or the time zone is none.
    """
    try:
        CronSchedule(cron=cron, timezone=timezone)
    except ValidationError as error:
        raise ValueError(error.errors()[0]["msg"].removeprefix("Value error, ")) from None
    ui = os.environ.get("PREFECT_API_URL", "").removesuffix("/api")
    print(f"boilerstrip: serving {name!r} at {cron!r}, {timezone}" + (f"; see {ui}" if ui else ""), file=sys.stderr)
    deployment = RunnerDeployment.from_flow(
        clean_pages,
        name=name,
        schedule=Cron(cron, timezone=timezone),
        parameters=parameters,
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    deployment.entrypoint = ENTRYPOINT
    serve_deployments(deployment, name=name, limit=1, print_starting_message=False)
