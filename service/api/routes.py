"""Every router of the API, in the order of the description."""

from fastapi import APIRouter

from service.api import (
    accounts,
    audit,
    exports,
    health,
    links,
    lists,
    names,
    public,
    requests,
    runs,
    search,
    sessions,
    statistics,
)


def routers() -> tuple[APIRouter, ...]:
    """The routers to mount."""
    parts = (
        public,
        sessions,
        requests,
        lists,
        runs,
        links,
        search,
        names,
        exports,
        statistics,
        accounts,
        audit,
        health,
    )
    return tuple(part.router for part in parts)
