"""Lines between the rows of a table that name the household below: `العائلة رقم 1 - خيمة C-14`."""

import re
from collections.abc import Mapping

from schemas.person import Identifier
from service.imports.draft import Draft
from service.imports.headings import recognise

_PART = re.compile(r"\s*(?:\s[-–—]\s|[,،;؛:/|()])\s*")
_LONGEST = 120


def household_of(section: str) -> dict[str, str]:
    """The `household` and `tent` numbers that a line names; empty for any other line."""
    found: dict[str, str] = {}
    if len(section) > _LONGEST:
        return found
    for part in _PART.split(section):
        words = part.split()
        numbers = [word for word in words if any(c.isdigit() for c in word)]
        name = " ".join(word for word in words if word not in numbers)
        if len(numbers) == 1 and name:
            known = recognise(name)
            if known.how == "heading" and known.meaning in ("household", "tent"):
                found.setdefault(known.meaning, numbers[0].strip(".#№"))
    return found


def tell_sections(drafts: list[Draft], sections: Mapping[int, str]) -> None:
    """Rows below a section line: the line as a note, and its household where they have none."""
    for draft in drafts:
        section = sections.get(draft.row, "")
        if not section:
            continue
        draft.notes.append(draft.statement(section))
        told = household_of(section)
        if not draft.household and "household" in told:
            draft.household, draft.household_basis = told["household"], "list number"
        if not draft.tent and "tent" in told:
            draft.tent = told["tent"]
        known = {identifier.kind for identifier in draft.identifiers}
        draft.identifiers.extend(
            Identifier(kind=kind, value=value) for kind, value in told.items() if kind not in known
        )
