"""What the machine proposes and why: evidence and candidate links, never facts."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.base import Value
from schemas.tracing import Identity
from schemas.vocabulary import LinkRelation


class Band(StrEnum):
    """What a reviewer should do with a link."""

    SHOW = "show"
    NEEDS_FACTS = "needs_facts"
    DO_NOT_SHOW = "do_not_show"


class Evidence(Value):
    """One comparison of one fact on both sides.

    `weight` is in bits, log2(m/u): positive speaks for the link, negative against it, 0 for a fact
    that one side does not have. The weights of a link's evidence add up to its weight.
    """

    comparison: str  # e.g. given_name, mother_name, age, prior
    level: str  # e.g. same_group, close, differs, missing
    weight: float
    sought: str = ""  # the value seen on the request, as written
    recorded: str = ""  # the value seen on the list, as written
    sentence: str = ""  # what a reviewer reads
    code: str = ""  # stable reason code (docs/data-dictionary.md)
    detail: tuple[tuple[str, str], ...] = ()  # further facts: aligned letters, frequency, rule


class CandidateLink(Value):
    """A proposal that a sought person is a detainee record.

    `weight` is the sum of the evidence in bits, the prior included; `probability` is absolute:
    "on no list" competes with every record. `rank` counts from 1 within the sought person.
    """

    request_id: Identity
    person_id: Identity
    record_id: Identity
    relation: LinkRelation = LinkRelation.SAME_PERSON
    rank: Annotated[int, Field(ge=1)]
    weight: float
    probability: Annotated[float, Field(ge=0, le=1)]
    band: Band
    evidence: tuple[Evidence, ...]
    family_id: str = ""  # links of one request to one household share it
    policy: str = ""  # version of the weights


class FamilyLink(Value):
    """The people of one request laid against one household or mother-linked group.

    `pairs` are (person_id, record_id, weight); members of either side without a partner are named,
    since children unknown to the enquirer are offered as "also in this household".
    """

    family_id: str
    request_id: Identity
    pairs: tuple[tuple[str, str, float], ...]
    unmatched_sought: tuple[str, ...] = ()
    unmatched_records: tuple[str, ...] = ()
    weight: float = 0.0
