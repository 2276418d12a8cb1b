"""`reasons.jsonl`: the whole evidence of every link in `links.csv`, one JSON object a line."""

import json
from typing import Any, TextIO

from service.files.links_csv import PlacedLink


class ReasonsFile:
    """Writes `reasons.jsonl` into an open text file, link by link."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def add(self, placed: PlacedLink) -> None:
        self._file.write(json.dumps(_object(placed), ensure_ascii=False) + "\n")


def _object(placed: PlacedLink) -> dict[str, Any]:
    link = placed.link.model_dump(mode="json", exclude={"record_id", "rank"})
    place = placed.place
    return {**link, "list": place.list, "row": place.row, "sheet": place.sheet, "rank": placed.rank}
