"""One line for each answered request: method, route, status, time. No address, no query, no raw path."""

import time
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.logs import get_logger


class AccessLog:
    """Wraps the whole application. The route is its template: what somebody typed into a path stays out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            route: Any = scope.get("route")
            get_logger().info(
                "answered",
                method=scope["method"],
                route=getattr(route, "path", "none"),
                status=status,
                milliseconds=round((time.perf_counter() - started) * 1000, 1),
            )
