"""Logs with ids, codes and counts; never with people.

A key that is not on the allow-list is dropped, whatever its value: forgetting to list a key loses a
figure, forgetting to hide one could lose a life.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

ALLOWED = frozenset(
    {"event", "level", "timestamp", "run", "chunk", "owner", "request", "list", "record", "link", "account"}
    | {
        "organisation",
        "code",
        "status",
        "method",
        "route",
        "seconds",
        "count",
        "requests",
        "records",
        "links",
    }
    | {"chunks", "attempts", "error", "version", "database", "revision", "port", "host", "signal", "state"}
    | {"request_id", "files", "rows", "problems", "skipped", "kind", "milliseconds", "sequence"}
    | {"way", "failures", "erased"}
)
_PLAIN = re.compile(r"[A-Za-z0-9_.:,/{}()+\- ]{0,200}", re.ASCII)
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def _only_allowed(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop unknown keys, and values that are neither numbers nor plain identifiers."""
    del logger, method
    for key in list(event):
        value = event[key]
        plain = value is None or isinstance(value, bool | int | float)
        if key not in ALLOWED or not (plain or (isinstance(value, str) and _PLAIN.fullmatch(value))):
            del event[key]
    return event


def set_up(level: str = "info", stream: TextIO | None = None) -> None:
    """JSON lines on standard error. Libraries speak from warning on, without tracebacks or values."""
    out = stream or sys.stderr
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_allowed,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(_BareFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class _BareFormatter(logging.Formatter):
    """Of a library's message only its origin: the text itself may quote what somebody sent."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        return f'{{"event": "library_message", "level": "{record.levelname.lower()}", ' + (
            f'"code": "{record.name}", "error": "{error}"}}'
        )


def get_logger() -> Any:
    """A logger for this module's events; bind ids to it with `.bind(run=...)`."""
    return structlog.get_logger()
