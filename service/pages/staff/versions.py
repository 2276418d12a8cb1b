"""The version that a form was drawn from: the page's counterpart of If-Match."""

from collections.abc import Mapping

from service.errors import PreconditionFailed


def version_of(form: Mapping[str, str]) -> int:
    """The hidden field `version`. Raises PreconditionFailed when it is missing or no number."""
    text = form.get("version", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise PreconditionFailed
    return int(text)
