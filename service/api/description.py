"""The description of the API (OpenAPI): what the routes say, and the one kind of error answer."""

from typing import Any

from fastapi import FastAPI

from service.api.answers import Problem


def complete(app: FastAPI) -> None:
    """Add the error answer, which every route refers to, to the components of the description."""
    written = app.openapi

    def describe() -> dict[str, Any]:
        described = written()
        schemas = described.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = Problem.model_json_schema()
        return described

    app.openapi = describe  # type: ignore[method-assign]  # the way the framework documents
