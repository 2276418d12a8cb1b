"""Consent: silence is no, and nothing is implied by anything else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.person import Person
from schemas.tracing import Consent, SoughtPerson, TracingRequest
from schemas.vocabulary import ConsentPurpose, ConsentRecipient

PURPOSES = st.sampled_from(ConsentPurpose)
RECIPIENTS = st.sampled_from(ConsentRecipient)


def request_with(*consents: Consent) -> TracingRequest:
    sought = (SoughtPerson(person_id="p-1", person=Person()),)
    return TracingRequest(request_id="q-1", sought=sought, consents=consents)


@given(PURPOSES, RECIPIENTS)
def test_silence_is_no_consent(purpose: ConsentPurpose, recipient: ConsentRecipient) -> None:
    """A request that says nothing allows nothing."""
    assert not request_with().allows(purpose, recipient)


@given(PURPOSES, RECIPIENTS, PURPOSES, RECIPIENTS)
def test_one_consent_implies_no_other(
    purpose: ConsentPurpose, recipient: ConsentRecipient, asked: ConsentPurpose, asking: ConsentRecipient
) -> None:
    """Consent covers exactly its own purpose for its own recipient."""
    request = request_with(Consent(purpose=purpose, recipient=recipient, given=True))
    assert request.allows(asked, asking) == ((asked, asking) == (purpose, recipient))


@pytest.mark.parametrize(
    "consent",
    [
        Consent(purpose=ConsentPurpose.MATCHING, recipient=ConsentRecipient.PARTNER_NGO, given=False),
        Consent(
            purpose=ConsentPurpose.MATCHING,
            recipient=ConsentRecipient.PARTNER_NGO,
            given=True,
            given_on=date(2026, 1, 5),
            withdrawn_on=date(2026, 2, 1),
        ),
    ],
    ids=["refused", "withdrawn"],
)
def test_a_refused_or_withdrawn_consent_allows_nothing(consent: Consent) -> None:
    """The row stays as proof of what was said; it does not stand."""
    assert not consent.stands
    assert not request_with(consent).allows(consent.purpose, consent.recipient)


def test_a_new_consent_stands_beside_a_withdrawn_one() -> None:
    """Someone who withdrew may consent again; both rows are kept."""
    once = Consent(
        purpose=ConsentPurpose.CONTACT,
        recipient=ConsentRecipient.HOMEWARD,
        given=True,
        withdrawn_on=date(2026, 1, 1),
    )
    again = Consent(purpose=ConsentPurpose.CONTACT, recipient=ConsentRecipient.HOMEWARD, given=True)
    request = request_with(once, again)
    assert request.allows(ConsentPurpose.CONTACT, ConsentRecipient.HOMEWARD)
    assert len(request.consents) == 2
