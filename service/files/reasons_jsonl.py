"""`reasons.jsonl`: the whole evidence of every link in `links.csv`, one JSON object a line."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from service.files.links_csv import PlacedLink
from service.files.whole_file import written_whole


def write_reasons(path: Path, links: Iterable[PlacedLink]) -> None:
    """Writes all reasons, or leaves an older file untouched."""
    with written_whole(path) as file:
        for placed in links:
            file.write(json.dumps(_object(placed), ensure_ascii=False) + "\n")


def _object(placed: PlacedLink) -> dict[str, Any]:
    link = placed.link.model_dump(mode="json", exclude={"record_id", "rank"})
    return {**link, "list": placed.list, "row": placed.row, "rank": placed.rank}
