"""What is gathered from one row before it becomes a record."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from matching.names.script import script_of
from schemas.person import BirthInterval, Identifier, KinName, Person, PersonName, Place, Statement
from schemas.registry import Cell, DetaineeRecord
from schemas.vocabulary import (
    Certainty,
    NameRole,
    PlaceKind,
    Relation,
    Sex,
    StatedBy,
)
from service.imports.dates import DateHabits

# Values are frozen, and lists repeat themselves: rows that say the same share one value.
_SHARED = 20_000
script = lru_cache(_SHARED)(script_of)


_MOTHER_ROLES = (NameRole.FULL, NameRole.GIVEN, NameRole.KUNYA, NameRole.OTHER, NameRole.SURNAME)


@lru_cache(_SHARED)
def _statement(text: str, certainty: Certainty, stated_by: StatedBy, as_of: date | None) -> Statement:
    return Statement(text=text, script=script(text), certainty=certainty, stated_by=stated_by, as_of=as_of)


@lru_cache(_SHARED)
def _name(text: str, role: NameRole, as_of: date | None) -> PersonName:
    return PersonName(text=text, script=script(text), role=role, stated_by=StatedBy.LIST, as_of=as_of)


@lru_cache(_SHARED)
def _place(text: str, kind: PlaceKind, stated_by: StatedBy, as_of: date | None) -> Place:
    return Place(text=text, script=script(text), kind=kind, stated_by=stated_by, as_of=as_of)


@lru_cache(_SHARED)
def cell(heading: str, text: str) -> Cell:
    return Cell(heading=heading, text=text)


@dataclass(frozen=True, slots=True)
class ListContext:
    """What holds for all rows of a sheet. Columns are named by their index."""

    list_id: str
    sheet_index: int
    sheet_name: str
    list_date: date | None
    habits: dict[int, DateHabits]
    sexes: dict[int, dict[str, Sex]] = field(default_factory=dict)  # words told by the column's heading
    estimated: frozenset[int] = frozenset()  # columns whose heading says that their ages are estimates


@dataclass(slots=True)
class Draft:
    """Mutable while the cells of a row are read; `build` freezes it."""

    context: ListContext
    row: int
    cells: tuple[Cell, ...] = ()
    printed_number: str = ""
    names: list[PersonName] = field(default_factory=list)
    sex: Sex = Sex.UNKNOWN
    sex_as_written: str = ""
    births: list[BirthInterval] = field(default_factory=list)
    kin: list[KinName] = field(default_factory=list)
    nationalities: list[Statement] = field(default_factory=list)
    languages: list[Statement] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    marks: list[Statement] = field(default_factory=list)
    notes: list[Statement] = field(default_factory=list)
    household: str = ""
    household_basis: str = ""
    tent: str = ""
    relation: Relation = Relation.UNKNOWN
    relation_as_written: str = ""
    with_mother: bool | None = None
    mother_elsewhere: bool | None = None
    declared_children: int | None = None
    unnamed_children: int = 0  # counted here, named nowhere: become placeholders
    counted_children: int = 0  # of a column that gives a number only
    children_elsewhere: bool = False
    counted_above: bool = False  # a bare count of children, given to the row above
    staff_named: bool = False
    unknown_child: bool = False  # the name cell says "unknown child"
    linked_numbers: list[str] = field(default_factory=list)
    entered_on: date | None = None
    registered_on: date | None = None
    problems: list[tuple[int, str, str]] = field(default_factory=list)  # column or -1, code, sentence

    def problem(self, code: str, sentence: str, column: int = -1) -> None:
        self.problems.append((column, code, sentence))

    @property
    def as_of(self) -> date | None:
        """The day for which the ages of this row hold."""
        return self.registered_on or self.context.list_date

    def statement(self, text: str, stated_by: StatedBy = StatedBy.LIST, sure: bool = True) -> Statement:
        certainty = Certainty.STATED if sure else Certainty.ESTIMATED
        return _statement(text, certainty, stated_by, self.as_of)

    def name(self, text: str, role: NameRole) -> PersonName:
        return _name(text, role, self.as_of)

    def add_name(self, text: str, role: NameRole) -> None:
        """Adds a name unless the same text stands there in the same role."""
        if text and not any(n.text == text and n.role is role for n in self.names):
            self.names.append(self.name(text, role))

    def add_place(self, text: str, kind: PlaceKind, stated_by: StatedBy = StatedBy.LIST) -> None:
        if text:
            self.places.append(_place(text, kind, stated_by, self.as_of))

    def add_kin(
        self, relation: Relation, name: PersonName | None, alive: bool | None, note: str = ""
    ) -> None:
        """Adds a relative; a second mention of the same mother or father completes the first."""
        for position, known in enumerate(self.kin):
            same = known.relation is relation and (known.name is None or name is None or known.name == name)
            if same and relation in (Relation.MOTHER, Relation.FATHER, Relation.HUSBAND):
                self.kin[position] = KinName(
                    relation=relation,
                    name=known.name or name,
                    alive=known.alive if alive is None else alive,
                    note="; ".join(dict.fromkeys(n for n in (known.note, note) if n)),
                )
                return
        self.kin.append(KinName(relation=relation, name=name, alive=alive, note=note))

    def build(self) -> DetaineeRecord:
        return DetaineeRecord(
            record_id=self._id(0),
            list_id=self.context.list_id,
            sheet=self.context.sheet_name,
            row=self.row,
            printed_number=self.printed_number,
            person=self._person(),
            household_id=self.household or None,
            household_basis=self.household_basis,
            relation_to_head=self.relation,
            relation_as_written=self.relation_as_written,
            with_mother=self.with_mother,
            mother_elsewhere=self.mother_elsewhere,
            declared_children=self.declared_children,
            linked_numbers=tuple(dict.fromkeys(self.linked_numbers)),
            entered_on=self.entered_on,
            list_date=self.as_of,
            cells=self.cells,
        )

    def placeholders(self) -> list[DetaineeRecord]:
        """The unnamed children counted in this row, as members of its household."""
        if not self.unnamed_children:
            return []
        mother = next((n for role in _MOTHER_ROLES for n in self.names if n.role is role), None)
        kin = (KinName(relation=Relation.MOTHER, name=mother),) if mother and self.sex is Sex.FEMALE else ()
        held = tuple(p for p in self.places if p.kind is PlaceKind.HELD_AT)
        return [
            DetaineeRecord(
                record_id=self._id(number),
                list_id=self.context.list_id,
                sheet=self.context.sheet_name,
                row=self.row,
                placeholder=number,
                person=Person(kin=kin, nationalities=tuple(self.nationalities), places=held),
                household_id=self.household or None,
                household_basis=self.household_basis,
                relation_to_head=Relation.CHILD,
                with_mother=True if kin else None,
                entered_on=self.entered_on,
                list_date=self.as_of,
                cells=self.cells,
            )
            for number in range(1, self.unnamed_children + 1)
        ]

    def _id(self, placeholder: int) -> str:
        return f"{self.context.list_id}:{self.context.sheet_index}:{self.row}:{placeholder}"

    def _person(self) -> Person:
        return Person(
            names=tuple(self.names),
            sex=self.sex,
            sex_as_written=self.sex_as_written,
            births=tuple(self.births),
            kin=tuple(self.kin),
            nationalities=tuple(self.nationalities),
            languages=tuple(self.languages),
            places=tuple(self.places),
            identifiers=tuple(self.identifiers),
            marks=tuple(self.marks),
            notes=tuple(self.notes),
        )
