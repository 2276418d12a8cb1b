"""All pages of the service as one router."""

from fastapi import APIRouter

from service.pages.assets import build_assets_router
from service.pages.public.desk import Desk
from service.pages.public.routes import build_public_router
from service.pages.staff.router import build_staff_router
from service.store.work import Store


def build_router(store: Store) -> APIRouter:
    """Assets, the staff surface under /staff, and the public surface, over one opened store."""
    router = APIRouter(include_in_schema=False)
    router.include_router(build_assets_router())
    router.include_router(build_staff_router())
    router.include_router(build_public_router(Desk(store)))
    return router
