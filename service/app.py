"""The application: one store, every route behind the gate, the same layers around all of it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.formparsers import MultiPartParser

from service.api import description, problems, routes
from service.api.bodies import BodyLimit
from service.api.problems import Faults
from service.api.surfaces import Surfaces
from service.cases.explain import Explainer
from service.cases.search import Searcher
from service.config import Settings
from service.languages import KNOWN
from service.pages.error_pages import error_page
from service.pages.public.routes import FORMS
from service.pages.router import build_router
from service.pages.staff_language import StaffLanguage
from service.pictures.clean import MOST_BYTES
from service.security.gate import doors
from service.security.headers import SecurityHeaders
from service.store.work import Store, open_store

KIB, MIB = 1024, 1024 * 1024
UPLOAD_PATHS = ("/api/v1/lists", "/staff/lists")
# one letter of a name takes six bytes in a posted form, and a family may have twenty cards
FORM_LIMIT = 256 * KIB
PICTURES = "/files"  # below a link or a list
TYPED = "/typing"  # the rows of a page of paper, with its picture
FORM_PATHS = (*(f"/{language}{form}" for language in KNOWN for form in FORMS), "/staff/requests/new")
DESCRIPTION = "/openapi.json"  # there in development only
UNGUARDED = {DESCRIPTION, "/static"}  # nothing personal in either


def create_app(settings: Settings, store: Store | None = None) -> FastAPI:
    """The service with these settings. `store`: an opened one to share; else it opens its own.

    Raises HomewardError for unsafe keys or an unsafe database, RuntimeError for a route without a guard.
    """
    kept = store or open_store(settings)
    searcher = Searcher(kept)
    app = FastAPI(
        title="Homeward",
        version=version("homeward"),
        summary="Tracing requests matched with detainee lists, for human review.",
        lifespan=_closing(kept, searcher, store is None),
        openapi_url=DESCRIPTION if settings.environment == "development" else None,
        docs_url=None,  # the usual description page loads scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.store = kept
    app.state.explainer = Explainer(kept)
    app.state.searcher = searcher
    # uploads stay in memory: people's data are not spooled to a temporary directory
    MultiPartParser.spool_max_size = (settings.upload_limit_mib + 1) * MIB
    for router in routes.routers():
        app.include_router(router)
    app.include_router(build_router(kept))
    problems.install(app, error_page)
    description.complete(app)
    _add_layers(app, settings)
    bare = [door.path for door in doors(app.routes) if door.operation is None]
    if set(bare) - UNGUARDED:
        raise RuntimeError(f"routes without a guard: {bare}")
    return app


def _add_layers(app: FastAPI, settings: Settings) -> None:
    """The layers around every route; the one added last stands outermost."""
    app.add_middleware(
        BodyLimit,
        limit=settings.body_limit_kib * KIB,
        larger={
            **dict.fromkeys(UPLOAD_PATHS, settings.upload_limit_mib * MIB + 64 * KIB),
            **dict.fromkeys(FORM_PATHS, FORM_LIMIT),
        },
        # beside typed rows even a picture that is far too large gets its sentence, and the rows stay
        endings={PICTURES: MOST_BYTES + 64 * KIB, TYPED: 3 * MOST_BYTES},
    )
    app.add_middleware(Surfaces, public_host=settings.public_host, staff_host=settings.staff_host)
    app.add_middleware(Faults)
    app.add_middleware(StaffLanguage, https=settings.secure_cookies)
    app.add_middleware(SecurityHeaders, https=settings.secure_cookies)


def _closing(
    store: Store, searcher: Searcher, ours: bool
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        searcher.close()
        if ours:
            store.close()

    return life
