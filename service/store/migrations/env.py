"""Alembic's entry: runs the migrations on the connection that `service.store.migrations` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import DateTime
from sqlmodel.sql.sqltypes import AutoString

from service.store.columns import UtcDateTime
from service.store.tables import metadata


def _render(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own types as plain ones: a migration must not change when our code does."""
    del autogen
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})"
    return False


def _compare(context_: Any, inspected: Any, declared: Any, found: Any, wanted: Any) -> bool | None:
    del context_, inspected, declared, wanted
    return False if isinstance(found, DateTime) else None


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=_render,
    compare_type=True,
)
context.run_migrations()
