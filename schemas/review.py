"""What humans decide about candidate links: append-only judgements with reasons."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.base import Value
from schemas.tracing import Identity


class LinkState(StrEnum):
    """States of a candidate link, in the order of docs/workflow.md."""

    SUGGESTED = "suggested"
    UNDER_REVIEW = "under_review"
    NEEDS_INFORMATION = "needs_information"
    REJECTED = "rejected"
    PLAUSIBLE = "plausible"
    VERIFIED_BY_EVIDENCE = "verified_by_evidence"
    CONFIRMED = "confirmed"
    BEST_INTERESTS_CLEARED = "best_interests_cleared"
    CONSENT_TO_CONTACT = "consent_to_contact"
    IN_CONTACT = "in_contact"
    REUNIFICATION_PLANNED = "reunification_planned"
    REUNIFIED = "reunified"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"


class Move(StrEnum):
    """What a judgement does to a link."""

    CLAIM = "claim"
    RELEASE = "release"  # give a claimed link back to the queue
    ASK = "ask"
    REJECT = "reject"
    RECOMMEND = "recommend"
    VERIFY = "verify"  # record typed evidence
    CONFIRM = "confirm"
    DISAGREE = "disagree"  # the second reviewer does not agree: to a panel
    CLEAR_BEST_INTERESTS = "clear_best_interests"
    CONSENT = "consent"
    CONTACT = "contact"
    PLAN = "plan"
    REUNIFY = "reunify"
    FOLLOW = "follow"
    CLOSE = "close"
    REOPEN = "reopen"


class RejectReason(StrEnum):
    OTHER_PERSON = "other_person"
    AGE_IMPOSSIBLE = "age_impossible"
    SEX_IMPOSSIBLE = "sex_impossible"
    MOTHER_DIFFERS = "mother_differs"
    FATHER_DIFFERS = "father_differs"
    HOUSEHOLD_CONTRADICTS = "household_contradicts"
    PLACE_TIME_IMPOSSIBLE = "place_time_impossible"
    FALSE_CLAIM = "false_claim"
    DUPLICATE_OF_OTHER_LINK = "duplicate_of_other_link"
    NAME_ONLY_NO_SUPPORT = "name_only_no_support"
    INSUFFICIENT_DATA = "insufficient_data"


class EvidenceType(StrEnum):
    """Typed evidence of a verification (data dictionary 6.4)."""

    MUTUAL_RECOGNITION = "mutual_recognition"
    SEALED_ANSWER = "sealed_answer"
    MOTHER_STATEMENT = "mother_statement"
    DOCUMENT = "document"
    DNA_INCLUSION = "dna_inclusion"
    DNA_EXCLUSION = "dna_exclusion"
    DNA_INCONCLUSIVE = "dna_inconclusive"
    DISTINGUISHING_MARK = "distinguishing_mark"
    WITNESS = "witness"
    OTHER_LIST = "other_list"


class Independence(StrEnum):
    """Whether a piece of evidence comes from elsewhere than what the link was proposed on."""

    INDEPENDENT = "independent"
    SAME_SOURCE = "same_source"
    UNKNOWN = "unknown"


class BestInterests(StrEnum):
    """What the child-protection lead clears the best interests on."""

    MOTHER_CONSENTS = "mother_consents"
    FATHER_CONSENTS = "father_consents"
    PANEL_DECIDED = "panel_decided"  # a rights holder objects, or claims compete
    MOTHER_CANNOT_BE_ASKED = "mother_cannot_be_asked"
    NO_LIVING_PARENT = "no_living_parent"  # closed while the mother is alive in custody


class ClosureReason(StrEnum):
    REUNIFIED_STABLE = "reunified_stable"
    CONTACT_ONLY = "contact_only"
    REUNITED_ELSEWHERE = "reunited_elsewhere"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DECEASED = "deceased"
    TRANSFERRED = "transferred"
    LOST_CONTACT = "lost_contact"
    MAJORITY_REACHED = "majority_reached"
    NO_CANDIDATE_FOUND = "no_candidate_found"
    EXPIRED = "expired"


class PublicStatus(StrEnum):
    """All that a relative can read. Only a human release changes it."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    CONTACT_US = "contact_us"
    CLOSED = "closed"


class EvidenceDetails(Value):
    """Where a piece of evidence comes from."""

    found_by: Annotated[str, Field(max_length=200)] = ""
    found_on: date | None = None
    independence: Independence = Independence.UNKNOWN
    reference: Annotated[str, Field(max_length=200)] = ""  # a laboratory's, a registry's, a document's number


class Judgement(Value):
    """One human act on one link. Never edited, never deleted; an undo is a further judgement."""

    judgement_id: Identity
    link_id: Identity
    move: Move
    before: LinkState
    after: LinkState
    actor_id: Identity
    reason_code: str = ""
    reason: str = ""
    evidence_type: EvidenceType | None = None
    evidence: EvidenceDetails | None = None
    decided_at: datetime
