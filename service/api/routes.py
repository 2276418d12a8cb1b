"""Every router of the API, in the order of the description."""

from fastapi import APIRouter

from service.api import accounts, audit, health, links, names, public, requests, runs, sessions


def routers() -> tuple[APIRouter, ...]:
    """The routers to mount."""
    parts = (public, sessions, requests, runs, links, names, accounts, audit, health)
    return tuple(part.router for part in parts)
