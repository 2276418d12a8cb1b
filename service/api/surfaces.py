"""Two surfaces, two host names: what belongs to one is simply not there on the other."""

from starlette.types import ASGIApp, Receive, Scope, Send

from service.api.problems import outside
from service.errors import NotFound

STAFF_PREFIXES = ("/staff", "/api/v1", "/openapi.json")
PUBLIC_API = "/api/v1/public/"
SHARED = ("/healthz", "/readyz", "/static/")


class Surfaces:
    """ASGI layer. With both host names set, every path answers on its own host only."""

    def __init__(self, app: ASGIApp, public_host: str, staff_host: str) -> None:
        self.app = app
        self.public_host = public_host.lower()
        self.staff_host = staff_host.lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._belongs(_host(scope), scope["path"]):
            await outside(scope, NotFound())(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _belongs(self, host: str, path: str) -> bool:
        if not (self.public_host and self.staff_host) or path.startswith(SHARED):
            return True
        is_staff = path.startswith(STAFF_PREFIXES) and not path.startswith(PUBLIC_API)
        return host == (self.staff_host if is_staff else self.public_host)


def _host(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"host":
            text: str = value.decode("latin-1").lower()
            return text.rsplit(":", 1)[0] if text.rsplit(":", 1)[-1].isdigit() else text
    return ""
