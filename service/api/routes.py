"""Every router of the API, in the order of the description."""

from fastapi import APIRouter

from service.api import health


def routers() -> tuple[APIRouter, ...]:
    """The routers to mount."""
    return (health.router,)
