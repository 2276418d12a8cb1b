"""A relative's tracing request: who asks, for whom, and what may be done with it."""

from datetime import date
from typing import Annotated

from pydantic import Field

from schemas.base import Value
from schemas.person import Person, PersonName, Statement
from schemas.vocabulary import (
    Channel,
    ConsentPurpose,
    ConsentRecipient,
    Relation,
    Side,
    SoughtRole,
)

Identity = Annotated[str, Field(min_length=1, max_length=64)]


class Contact(Value):
    """How the enquirer may be reached safely. Sealed under its own permission."""

    telephone: str = ""
    email: str = ""
    address: str = ""
    safe_hours: str = ""
    instructions: str = ""  # who may answer, what must not be said


class Enquirer(Value):
    """The relative, or a proxy, who asks."""

    name: PersonName | None = None
    relation: Relation = Relation.UNKNOWN  # of the enquirer to the sought family's central person
    relation_as_written: str = ""
    side: Side = Side.UNKNOWN
    place: str = ""
    contact: Contact = Contact()
    is_proxy: bool = False


class SoughtPerson(Value):
    """One person looked for; `person_id` is unique within the request."""

    person_id: Identity
    role: SoughtRole = SoughtRole.OTHER
    enquirer_relation: Relation = Relation.UNKNOWN  # the enquirer is this person's ...
    name_known: bool = True  # False: a child that the enquirer cannot name ("born after she left")
    born_after_departure: bool | None = None
    person: Person


class Relationship(Value):
    """`from_person` is the `relation` of `to_person`; both are person_ids of one request."""

    from_person: Identity
    relation: Relation
    to_person: Identity


class Consent(Value):
    """One purpose for one recipient, given or refused; withdrawn consents keep their row."""

    purpose: ConsentPurpose
    recipient: ConsentRecipient
    given: bool
    given_on: date | None = None
    withdrawn_on: date | None = None

    @property
    def stands(self) -> bool:
        return self.given and self.withdrawn_on is None


class TracingRequest(Value):
    """A relative's search for one or more people of one family."""

    request_id: Identity
    enquirer: Enquirer = Enquirer()
    sought: Annotated[tuple[SoughtPerson, ...], Field(min_length=1, max_length=60)]
    relationships: tuple[Relationship, ...] = ()
    consents: tuple[Consent, ...] = ()
    received_on: date | None = None
    channel: Channel = Channel.WEB
    language: str = ""
    message: Statement | None = None  # the enquirer's own words
    unnamed_children: int = 0  # children believed to exist of whom nothing is known

    def allows(self, purpose: ConsentPurpose, recipient: ConsentRecipient) -> bool:
        """Whether a standing consent covers this purpose and recipient. Silence is no consent."""
        return any(c.purpose == purpose and c.recipient == recipient and c.stands for c in self.consents)
