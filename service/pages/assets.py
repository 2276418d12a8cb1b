"""The style sheet and the sign of the pages, served from memory."""

from collections.abc import Callable
from importlib.resources import files

from fastapi import APIRouter, Depends
from starlette.responses import Response

from service.security.access import Operation
from service.security.gate import open_to_all

_KINDS = {
    "homeward.css": "text/css; charset=utf-8",
    "homeward.svg": "image/svg+xml",
    "staff.js": "text/javascript; charset=utf-8",  # shortcut keys; no public page loads it
}
_HEADERS = {"Cache-Control": "public, max-age=3600"}


def build_assets_router() -> APIRouter:
    """The router of /static."""
    router = APIRouter(include_in_schema=False)
    guard = [Depends(open_to_all(Operation.READ_PUBLIC_PAGE))]
    folder = files("service.pages").joinpath("static")
    for name, kind in _KINDS.items():
        body = folder.joinpath(name).read_bytes()
        router.add_api_route(f"/static/{name}", _serving(body, kind), methods=["GET"], dependencies=guard)
    return router


def _serving(body: bytes, kind: str) -> Callable[[], Response]:
    def serve() -> Response:
        return Response(body, media_type=kind, headers=_HEADERS)

    return serve
