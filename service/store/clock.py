"""Time by the database's clock: workers on several hosts must agree on when a lease ends."""

from sqlalchemy import text
from sqlmodel import Session

_SQLITE = "SELECT (julianday('now') - 2440587.5) * 86400.0"
_POSTGRES = "SELECT extract(epoch FROM clock_timestamp())"


def database_seconds(session: Session) -> float:
    """Seconds since 1970 by the database's clock."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    return float(session.connection().execute(text(_SQLITE if sqlite else _POSTGRES)).scalar_one())
