"""The staff surface: everything under /staff."""

from fastapi import APIRouter

from service.pages.staff import (
    accounts,
    audit,
    entry,
    exports,
    home,
    link,
    lists,
    pair,
    papers,
    prints,
    queue,
    requests,
    runs,
    search,
    sign_in,
    statistics,
    typing_in,
)


def build_staff_router() -> APIRouter:
    """All staff pages. `entry` stands before `requests`, whose addresses would swallow /new."""
    router = APIRouter(include_in_schema=False)
    for part in (
        sign_in,
        home,
        queue,
        search,
        link,
        pair,
        papers,
        prints,
        entry,
        requests,
        lists,
        typing_in,
        runs,
        exports,
        statistics,
        accounts,
        audit,
    ):
        router.include_router(part.router)
    return router
