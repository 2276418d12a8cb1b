"""A draft as a file on the relative's own telephone: made only when asked for, kept nowhere else."""

import json

from service.pages.public.draft import Draft, read_draft

FILE_NAME = "draft.json"  # says nothing to whoever looks through the telephone's files
MOST_BYTES = 256 * 1024
_KIND = "form-1"


def written(draft: Draft) -> bytes:
    """The draft as the bytes of a file."""
    return json.dumps({"kind": _KIND, "fields": dict(draft.hidden())}, ensure_ascii=False).encode()


def read(content: bytes) -> Draft | None:
    """The draft of such a file; None for any other file."""
    try:
        held = json.loads(content[: MOST_BYTES + 1].decode())
    except (UnicodeDecodeError, ValueError, RecursionError):
        return None
    fields = held.get("fields") if isinstance(held, dict) and held.get("kind") == _KIND else None
    if not isinstance(fields, dict):
        return None
    return read_draft({name: value for name, value in fields.items() if isinstance(value, str)})
