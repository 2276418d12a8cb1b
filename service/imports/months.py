"""Month names of seven languages and two calendars. The table is months.tsv; extend it there."""

import csv
from importlib.resources import files

from service.imports.fold import key


def _table(calendar: str) -> dict[str, int]:
    text = files("service.imports").joinpath("months.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t")
    return {key(row["name"]): int(row["month"]) for row in rows if row["calendar"] == calendar}


GREGORIAN_MONTHS = _table("gregorian")
HIJRI_MONTHS = _table("hijri")
