"""The example requests as an intake clerk would enter them."""

from datetime import UTC, datetime

from schemas.tracing import Consent, TracingRequest
from schemas.vocabulary import Channel, ConsentPurpose, ConsentRecipient
from service.demo.examples import REQUESTS
from service.files.requests import read_requests

_PURPOSES = (ConsentPurpose.MATCHING, ConsentPurpose.VERIFICATION, ConsentPurpose.CONTACT)


def example_requests() -> tuple[TracingRequest, ...]:
    """All example requests; each enquirer agrees to the matching here, and to nothing beyond it."""
    today = datetime.now(UTC).date()
    consents = tuple(
        Consent(purpose=purpose, recipient=ConsentRecipient.HOMEWARD, given=True, given_on=today)
        for purpose in _PURPOSES
    )
    return tuple(
        request.model_copy(update={"consents": consents, "channel": Channel.NGO})
        for request in read_requests(REQUESTS.read_bytes()).requests
    )
