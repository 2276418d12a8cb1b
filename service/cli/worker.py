"""`homeward worker`: does the matching that requests and lists have queued."""

from typing import Annotated

import typer


def command(
    until_idle: Annotated[
        bool, typer.Option("--until-idle", help="End when nothing is left to do, instead of waiting.")
    ] = False,
    end_with_parent: Annotated[
        bool, typer.Option("--end-with-parent", hidden=True, help="End when the starting process is gone.")
    ] = False,
) -> None:
    """Work off matching runs until told to stop (SIGTERM); the chunk at hand is finished first."""
    import os

    from service.cli.failures import sentences
    from service.cli.opened import opened
    from service.jobs.worker import Worker
    from service.logs import get_logger
    from service.process import stand_back, stop_on_signal

    parent = os.getppid()  # before anything that takes time: it may be gone when the store is open
    with sentences():
        stop = stop_on_signal()
        stand_back()
        with opened(quiet=False) as store:
            worker = Worker(store, hold=True)
            get_logger().info("worker_started", owner=worker.owner)

            def idle() -> None:
                if until_idle or (end_with_parent and os.getppid() != parent):
                    stop.set()

            worker.work(stop, idle)
            get_logger().info("worker_stopped", owner=worker.owner)
