"""A tracing request as a client sends it: the shared vocabulary without what the server adds."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from schemas.base import Value
from schemas.person import Statement
from schemas.tracing import Consent, Enquirer, Relationship, SoughtPerson, TracingRequest
from schemas.vocabulary import Channel
from service.api.parts import body_with
from service.store.columns import new_id

LONGEST_NAME = 200  # code points of one written name
MOST_NAMES = 30
EXAMPLE: dict[str, Any] = {
    "enquirer": {
        "name": {"text": "Зара Алиханова", "script": "cyrillic", "role": "full"},
        "relation": "grandmother",
        "side": "maternal",
        "contact": {"telephone": "+7 900 000 00 00", "safe_hours": "after six"},
    },
    "sought": [
        {
            "person_id": "p1",
            "role": "mother",
            "person": {"names": [{"text": "Алиханова Мадина Руслановна", "role": "full"}], "sex": "female"},
        },
        {
            "person_id": "p2",
            "role": "child",
            "person": {
                "names": [{"text": "Ибрагим", "role": "given"}],
                "sex": "male",
                "births": [{"earliest": "2014-01-01", "latest": "2014-12-31", "precision": "year"}],
            },
        },
    ],
    "relationships": [{"from_person": "p1", "relation": "mother", "to_person": "p2"}],
    "consents": [{"purpose": "matching", "recipient": "homeward", "given": True}],
    "language": "ru",
    "unnamed_children": 1,
}


class RequestBody(Value):
    """One enquirer, the people sought, relations among them, and consent for each recipient."""

    model_config = body_with(EXAMPLE)

    enquirer: Enquirer = Enquirer()
    sought: Annotated[tuple[SoughtPerson, ...], Field(min_length=1, max_length=60)]
    relationships: Annotated[tuple[Relationship, ...], Field(max_length=400)] = ()
    consents: Annotated[tuple[Consent, ...], Field(max_length=60)] = ()
    language: Annotated[str, Field(max_length=35)] = ""
    message: Statement | None = None
    unnamed_children: Annotated[int, Field(ge=0, le=60)] = 0

    @model_validator(mode="after")
    def _sound(self) -> Self:
        known = [person.person_id for person in self.sought]
        if len(set(known)) != len(known):
            raise ValueError("each sought person needs a person_id of its own")
        if any({r.from_person, r.to_person} - set(known) for r in self.relationships):
            raise ValueError("a relationship names a person_id that is not among the sought people")
        names = [name for person in self.sought for name in person.person.names]
        names += [kin.name for person in self.sought for kin in person.person.kin if kin.name]
        names += [self.enquirer.name] if self.enquirer.name else []
        if any(len(name.text) > LONGEST_NAME for name in names) or len(names) > MOST_NAMES * len(known):
            raise ValueError(f"a name has at most {LONGEST_NAME} characters")
        return self

    def as_request(self, channel: Channel) -> TracingRequest:
        """The value that the use cases take; its id is replaced when it is stored."""
        return TracingRequest(
            request_id=new_id(),
            channel=channel,
            **{name: getattr(self, name) for name in type(self).model_fields},
        )
