"""A picture as somebody uploaded it into one that is safe to keep and to show."""

from dataclasses import dataclass, replace

from service.errors import TooLarge, Unprocessable
from service.imports.limits import LIMITS
from service.imports.sandbox import Child, run

MEDIA_TYPE = "image/jpeg"
MOST_BYTES = 10 * 1024 * 1024
_LIMITS = replace(LIMITS, file_bytes=MOST_BYTES, answer_bytes=20 * 1024 * 1024, wall_seconds=30.0)
_CHILD = Child("service.pictures.child")


@dataclass(frozen=True)
class Picture:
    """A JPEG without camera data, place, time or hidden text, at most 2,400 pixels on its longer side."""

    data: bytes


def clean(data: bytes) -> Picture:
    """Raises TooLarge or Unprocessable, with what to do next; no other error comes of a file."""
    if len(data) > MOST_BYTES:
        raise TooLarge("picture_too_large", "The picture is larger than 10 MB. Send a smaller copy.")
    outcome = run(_CHILD, {}, data, _LIMITS) if data else None
    if outcome is None or outcome.cut or outcome.status or not outcome.answer.startswith(b"\xff\xd8\xff"):
        raise Unprocessable(
            "picture_unreadable",
            "This is no picture that can be kept. Send a photograph as JPEG, PNG or WebP.",
        )
    return Picture(outcome.answer)
