"""The request's people and the household as a drawing: two rows, joined where the machine joined them.

Columns keep the order of the family: parents first, then by birth. The style sheet turns the drawing round
where pages run from right to left.
"""

from dataclasses import dataclass
from datetime import date

from schemas.person import Person
from schemas.registry import DetaineeRecord
from schemas.tracing import SoughtPerson
from schemas.vocabulary import Relation, SoughtRole
from service.cases.family_views import FamilyPair, FamilyView
from service.pages.staff_words import spoken
from service.speech import _, comma

COLUMN = 192  # units of the drawing
BOX_WIDTH, BOX_HEIGHT = 172, 54
TOP, BOTTOM = 24, 176
HEIGHT = 254
_LONGEST = 17  # letters of a name that a box holds; the list below the drawing has it whole
_LAST = date.max


@dataclass(frozen=True)
class Box:
    """One person in one row. `words` are the name as written, cut; `small` the role or the row."""

    x: int
    words: str
    small: str
    parent: bool
    joined: bool


@dataclass(frozen=True)
class Join:
    """A line between the rows with its weight."""

    x: int
    weight: float
    link_id: str | None
    here: bool


@dataclass(frozen=True)
class Graph:
    """A drawing of `width` by `HEIGHT` units."""

    width: int
    above: tuple[Box, ...]
    below: tuple[Box, ...]
    joins: tuple[Join, ...]

    @property
    def spans(self) -> tuple[tuple[int, int, int], ...]:
        """Brackets from a parent over its row: left end, right end, height."""
        found = []
        for row, y in ((self.above, TOP - 10), (self.below, BOTTOM + BOX_HEIGHT + 10)):
            if any(box.parent for box in row) and len(row) > 1:
                middle = BOX_WIDTH // 2
                found.append((row[0].x + middle, row[-1].x + middle, y))
        return tuple(found)


def graph_of(family: FamilyView, link_id: str) -> Graph:
    """The drawing of one family; `link_id` is the link on whose page it stands."""
    pairs = sorted(family.pairs, key=lambda pair: _order(pair.sought.role, pair.sought.person))
    above: list[Box] = []
    below: list[Box] = []
    joins: list[Join] = []
    for place, pair in enumerate(pairs):
        x = place * COLUMN + (COLUMN - BOX_WIDTH) // 2
        above.append(_sought(pair.sought, x, joined=True))
        below.append(_recorded(pair.record, x, joined=True, parent=_is_parent(pair)))
        joins.append(Join(x + BOX_WIDTH // 2, pair.weight, pair.link_id, pair.link_id == link_id))
    lone_above = sorted(family.unmatched_sought, key=lambda one: _order(one.role, one.person))
    columns = len(pairs)
    for place, person in enumerate(lone_above):
        above.append(_sought(person, _x(columns + place), joined=False))
    for place, record in enumerate(family.also_in_household):
        below.append(_recorded(record, _x(columns + place), joined=False, parent=False))
    widest = columns + max(len(lone_above), len(family.also_in_household))
    return Graph(max(1, widest) * COLUMN, tuple(above), tuple(below), tuple(joins))


def _x(column: int) -> int:
    return column * COLUMN + (COLUMN - BOX_WIDTH) // 2


def _order(role: SoughtRole, person: Person) -> tuple[int, date]:
    roles = (SoughtRole.MOTHER, SoughtRole.FATHER, SoughtRole.CHILD)
    rank = roles.index(role) if role in roles else len(roles)
    return rank, _born(person)


def _born(person: Person) -> date:
    return min((birth.earliest for birth in person.births if birth.earliest), default=_LAST)


def _is_parent(pair: FamilyPair) -> bool:
    return pair.sought.role in (SoughtRole.MOTHER, SoughtRole.FATHER)


def _sought(one: SoughtPerson, x: int, *, joined: bool) -> Box:
    year = _year(one.person)
    small = f"{spoken(one.role.value)}{comma() + year if year else ''}"
    parent = one.role in (SoughtRole.MOTHER, SoughtRole.FATHER)
    return Box(x, _cut(one.person.headline) or _("name not known"), small, parent, joined)


def _recorded(record: DetaineeRecord | None, x: int, *, joined: bool, parent: bool) -> Box:
    if record is None:
        return Box(x, _("kept by its owner"), "", parent, joined)
    year = _year(record.person)
    head = record.relation_to_head in (Relation.MOTHER, Relation.FATHER)
    number = _("row {n}").format(n=record.row)
    small = f"{number}{comma() + year if year else ''}"
    return Box(x, _cut(record.person.headline) or _("not named"), small, parent or head, joined)


def _year(person: Person) -> str:
    born = _born(person)
    return "" if born is _LAST else str(born.year)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
