"""`homeward serve`: the pages and the API."""

import subprocess
import sys
from typing import Annotated

import typer


def command(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    with_worker: Annotated[
        bool, typer.Option("--with-worker", help="Run a matching worker beside it, as a process of its own.")
    ] = False,
) -> None:
    """Serve the pages and the API."""
    from service.cli.failures import sentences

    with sentences():
        _serve(host, port, with_worker)


def _serve(host: str, port: int, with_worker: bool) -> None:
    import uvicorn

    from service.access_log import AccessLog
    from service.app import create_app
    from service.config import load_settings
    from service.logs import get_logger
    from service.process import prepare, stop_on_signal

    settings = load_settings()
    prepare(settings)
    app = create_app(settings)
    worker = _start_worker() if with_worker else None
    stop_on_signal()  # the server re-raises the signal that ended it; the worker must still be ended below
    get_logger().info("serving", host=host, port=port)
    try:
        uvicorn.run(
            AccessLog(app),
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=settings.behind_proxy,
            forwarded_allow_ips="127.0.0.1" if settings.behind_proxy else None,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=20,
            limit_concurrency=500,
        )
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait(60)


def _start_worker() -> subprocess.Popen[bytes]:
    command_line = [sys.executable, "-m", "service", "worker", "--end-with-parent"]
    return subprocess.Popen(command_line)  # noqa: S603 - our own command, nothing of a caller in it
