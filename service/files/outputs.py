"""The output files of one linking: all of them appear complete, or none of them does."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from service.errors import HomewardError
from service.files.links_csv import LinksFile, PlacedLink
from service.files.reasons_jsonl import ReasonsFile
from service.files.whole_file import written_whole


def write_outputs(out: Path, explain: Path | None, links: Iterable[PlacedLink]) -> int:
    """Writes link by link, so that no more than one request's evidence is held; the number of links.

    Raises HomewardError (`output_unwritable`); older files are untouched then.
    """
    count = 0
    try:
        with ExitStack() as files:
            table = LinksFile(files.enter_context(written_whole(out)))
            reasons = ReasonsFile(files.enter_context(written_whole(explain))) if explain else None
            for placed in links:
                table.add(placed)
                if reasons:
                    reasons.add(placed)
                count += 1
    except OSError as error:
        raise HomewardError(
            "output_unwritable", f"The output cannot be written: {error.strerror}."
        ) from error
    return count
