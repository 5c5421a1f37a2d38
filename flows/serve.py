"""A schedule on one machine: a deployment whose runs this process starts itself. Importing this imports Prefect."""

import os
import sys
from typing import Any

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType
from pydantic import ValidationError

from flows.run import clean_pages


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
    clean_pages.serve(
        name=name,
        schedule=Cron(cron, timezone=timezone),
        parameters=parameters,
        limit=1,
        global_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        entrypoint_type=EntrypointType.MODULE_PATH,
        print_starting_message=False,
    )
