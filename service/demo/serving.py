"""Serves a demonstration on this machine only, with a worker beside the pages."""

import socket
import threading

from service.demo.workspace import Workspace
from service.errors import Conflict
from service.jobs.worker import Worker
from service.store.work import Store

LOOPBACK = "127.0.0.1"
_GRACE_SECONDS = 10


def listen(port: int) -> socket.socket:
    """A listening socket on the loopback address; port 0 takes a free one.

    Raises Conflict (`port_taken`) before anything else was begun.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise Conflict(
            "port_taken", f"Port {port} is taken on this machine. Name another one with --port."
        ) from None
    return listening


def serve(store: Store, workspace: Workspace, listening: socket.socket) -> None:
    """Serve pages and API until told to stop (Ctrl-C), then finish the worker's chunk."""
    import uvicorn  # a demonstration that only loads does not need it

    from service.access_log import AccessLog
    from service.app import create_app

    stop = threading.Event()
    worker = threading.Thread(target=Worker(store, hold=True).work, args=(stop,), name="worker", daemon=True)
    app = AccessLog(create_app(workspace.settings, store))
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
    )
    worker.start()
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        stop.set()
        worker.join(_GRACE_SECONDS)
