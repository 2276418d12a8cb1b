"""From a form as typed to a tracing request, or to what to look at again."""

import re
from dataclasses import dataclass, field
from datetime import date

from pydantic import BaseModel

from schemas.person import PersonName
from schemas.tracing import Consent, Contact, Enquirer, SoughtPerson, TracingRequest
from schemas.vocabulary import (
    Channel,
    ConsentPurpose,
    ConsentRecipient,
    NameRole,
    Relation,
    Side,
    SoughtRole,
    StatedBy,
)
from service.pages.public.cards import read_person, said, spelled
from service.pages.public.dates import Unreadable, whole_number
from service.pages.public.draft import DETAILS, FAMILY_FIELDS, PERSON_FIELDS, Draft
from service.pages.public.kinship import relationships

MOST_UNNAMED = 20
RELATIONS = (
    Relation.MOTHER,
    Relation.FATHER,
    Relation.GRANDMOTHER,
    Relation.GRANDFATHER,
    Relation.SISTER,
    Relation.BROTHER,
    Relation.AUNT,
    Relation.UNCLE,
    Relation.WIFE,
    Relation.HUSBAND,
    Relation.DAUGHTER,
    Relation.SON,
    Relation.COUSIN,
    Relation.GUARDIAN,
    Relation.OTHER_FAMILY,
    Relation.OTHER_NONFAMILY,
)
# field of the form -> what a yes allows, and whom; in the order of the questions
CONSENTS = {
    "consent_homeward": (ConsentPurpose.MATCHING, ConsentRecipient.HOMEWARD),
    "consent_contact": (ConsentPurpose.CONTACT, ConsentRecipient.HOMEWARD),
    "consent_partner": (ConsentPurpose.VERIFICATION, ConsentRecipient.PARTNER_NGO),
    "consent_icrc": (ConsentPurpose.VERIFICATION, ConsentRecipient.ICRC),
    "consent_unhcr": (ConsentPurpose.VERIFICATION, ConsentRecipient.UNHCR),
    "consent_origin": (ConsentPurpose.VERIFICATION, ConsentRecipient.STATE_OF_ORIGIN),
    "consent_detaining": (ConsentPurpose.VERIFICATION, ConsentRecipient.DETAINING_AUTHORITY),
}
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,190}")


class Problem(BaseModel):
    """What to look at again: the box and the words (a key of the table) to show beside it."""

    field: str
    words: str
    most: int = 0  # for "too long": how many letters are allowed

    @property
    def person(self) -> int:
        """The number of the card that the box stands on; 0 for the family's parts."""
        card = re.match(r"p(\d+)_", self.field)
        return int(card[1]) if card else 0

    @property
    def in_details(self) -> bool:
        """Whether the box stands in the folded part of a card, which then has to be open."""
        return bool(self.person) and self.field.partition("_")[2] in DETAILS


@dataclass
class Reading:
    """`request` stands only when there are no problems."""

    problems: list[Problem] = field(default_factory=list)
    request: TracingRequest | None = None

    def opens(self, number: int) -> bool:
        """Whether the folded part of card `number` holds something to look at again."""
        return any(p.in_details and p.person == number for p in self.problems)

    def beside(self, name: str) -> Problem | None:
        return next((problem for problem in self.problems if problem.field == name), None)


@dataclass(frozen=True)
class Filing:
    """What the form does not say: when, how, and in which language it was filled in."""

    request_id: str
    today: date
    language: str
    channel: Channel = Channel.WEB


def read_form(draft: Draft, filing: Filing) -> Reading:
    """Reads the whole form; every problem is found at once, not one after the other."""
    reading = Reading(problems=list(_lengths(draft)))
    _look_at_family(draft, reading)
    people = _people(draft, filing, reading)
    if reading.problems:
        return reading
    family = draft.family
    reading.request = TracingRequest(
        request_id=filing.request_id,
        enquirer=_enquirer(family),
        sought=tuple(people),
        relationships=relationships(people),
        consents=_consents(family, filing.today),
        received_on=filing.today,
        channel=filing.channel,
        language=filing.language,
        message=said(family["story"]),
        unnamed_children=whole_number(family["unnamed"]) or 0,
    )
    return reading


def _lengths(draft: Draft) -> list[Problem]:
    found = [
        Problem(field=name, words="too_long", most=most)
        for name, most in FAMILY_FIELDS.items()
        if len(draft.family[name]) > most
    ]
    for number, card in enumerate(draft.people, 1):
        found += [
            Problem(field=f"p{number}_{name}", words="too_long", most=most)
            for name, most in PERSON_FIELDS.items()
            if len(card[name]) > most
        ]
    return found


def _look_at_family(draft: Draft, reading: Reading) -> None:
    family, problems = draft.family, reading.problems
    if not family["you_name"]:
        problems.append(Problem(field="you_name", words="you_name"))
    if family["you_relation"] not in RELATIONS:
        problems.append(Problem(field="you_relation", words="you_relation"))
    if family["contact_email"] and not _EMAIL.fullmatch(family["contact_email"]):
        problems.append(Problem(field="contact_email", words="safe_email"))
    if family["unnamed"]:
        number = whole_number(family["unnamed"])
        if number is None or number > MOST_UNNAMED:
            problems.append(Problem(field="unnamed", words="unnamed"))
    if family["consent_homeward"] not in ("yes", "no"):
        problems.append(Problem(field="consent_homeward", words="consent_matching"))


def _people(draft: Draft, filing: Filing, reading: Reading) -> list[SoughtPerson]:
    people = []
    for number, card in enumerate(draft.people, 1):
        if card["role"] not in tuple(SoughtRole):
            reading.problems.append(Problem(field=f"p{number}_role", words="person_role"))
        if not (card["name"] or card["others"] or card["kunya"] or card["nameless"]):
            reading.problems.append(Problem(field=f"p{number}_name", words="person_name"))
        try:
            people.append(read_person(number, card, draft.family, filing.today))
        except Unreadable as problem:
            prefix = "" if problem.field.startswith("family:") else f"p{number}_"
            name = prefix + problem.field.removeprefix("family:")
            if reading.beside(name) is None:
                reading.problems.append(Problem(field=name, words=problem.problem))
    return people


def _enquirer(family: dict[str, str]) -> Enquirer:
    name = family["you_name"]
    side = family["you_side"]
    return Enquirer(
        name=PersonName(text=name, role=NameRole.FULL, script=spelled(name), stated_by=StatedBy.SELF),
        relation=Relation(family["you_relation"]),
        relation_as_written=family["you_relation_words"],
        side=Side(side) if side in tuple(Side) else Side.UNKNOWN,
        place=family["you_place"],
        contact=Contact(
            telephone=family["contact_telephone"],
            email=family["contact_email"],
            address=family["contact_address"],
            safe_hours=family["contact_hours"],
            instructions=family["contact_instructions"],
        ),
        is_proxy=bool(family["you_proxy"]),
    )


def _consents(family: dict[str, str], today: date) -> tuple[Consent, ...]:
    """One row for each answered question. An unanswered one leaves no row: silence is no consent."""
    return tuple(
        Consent(
            purpose=purpose,
            recipient=recipient,
            given=family[name] == "yes",
            given_on=today if family[name] == "yes" else None,
        )
        for name, (purpose, recipient) in CONSENTS.items()
        if family[name] in ("yes", "no")
    )
