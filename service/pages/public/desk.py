"""The service as the public pages use it: filing, the coarse state, consents, withdrawing. Nothing else."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request

from schemas.review import PublicStatus
from schemas.tracing import Consent, TracingRequest
from service.cases import correspondence, intake
from service.errors import NotFound
from service.security import codes, limits
from service.security.actors import PUBLIC
from service.security.gate import address_of
from service.store import organisations
from service.store.messages import Message
from service.store.work import Store


@dataclass(frozen=True)
class Host:
    """Who runs this instance, as relatives read it; `contact` may be empty."""

    organisation: str
    contact: str = ""
    keeps_months: int = 24
    erases_after_days: int = 30


@dataclass(frozen=True)
class Standing:
    """What the code shows first: the coarse state, and what was asked and written."""

    status: PublicStatus
    messages: tuple[Message, ...]


class Desk:
    """None of its answers depends on what the lists hold, and none of its methods looks there."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def host(self) -> Host:
        """Who answers for this instance; the service's own name before it is set up."""
        settings = self.store.settings
        with self.store.read() as work:
            found = organisations.receiving(work.session)
            name = found.name if found else "Homeward"
        return Host(name, settings.public_contact, settings.expiry_months, settings.erase_days)

    def file(self, request: TracingRequest, key: str, sender: Request) -> str:
        """Keeps the request and returns its case code in groups.

        The same form sent twice gets the same code. A form that was changed after sending is another
        request: better two of them than a correction lost.
        """
        limits.spend(self.store, limits.FILE_ALL)
        limits.spend(self.store, limits.FILE_BY_ADDRESS, address_of(sender))
        told = request.model_dump_json(exclude={"request_id", "received_on"}).encode()
        once = f"{key}-{hashlib.sha256(told).hexdigest()[:32]}"
        with self.store.begin() as work:
            receipt = intake.file_request(work, PUBLIC, request, once)
        return codes.show_code(receipt.code)

    def standing(self, code: str, sender: Request) -> Standing | None:
        """The coarse state, or None: wrong, expired and withdrawn codes look alike."""
        self._count(sender)
        try:
            with self.store.read() as work:
                return Standing(intake.own_status(work, code).status, correspondence.own_messages(work, code))
        except NotFound:
            return None

    def say(self, code: str, text: str, sender: Request) -> bool:
        """Keeps a message for the staff; False when the code opens nothing."""
        self._count(sender)
        try:
            with self.store.begin() as work:
                correspondence.say_own(work, code, text)
        except NotFound:
            return False
        return True

    def open(self, code: str, sender: Request) -> tuple[TracingRequest, int] | None:
        """All that the relative told, with its version, to be corrected; None as above."""
        self._count(sender)
        try:
            with self.store.begin() as work:
                return intake.read_own(work, PUBLIC, code)
        except NotFound:
            return None

    def correct(self, code: str, request: TracingRequest, version: int, sender: Request) -> bool:
        """Puts the corrected request in the place of the kept one; False when the code opens nothing.

        Raises PreconditionFailed when the request changed since that version was read.
        """
        self._count(sender)
        try:
            with self.store.begin() as work:
                intake.correct_own(work, PUBLIC, code, request, version)
        except NotFound:
            return False
        return True

    def held(self, code: str, sender: Request) -> bytes | None:
        """All that is kept of the relative, as JSON; None when the code opens nothing."""
        self._count(sender)
        try:
            with self.store.begin() as work:
                told = intake.export_own(work, PUBLIC, code)
                said = correspondence.own_messages(work, code)
        except NotFound:
            return None
        exchange = [
            {"from": "staff" if one.from_staff else "you", "on": one.said_on.isoformat(), "text": one.text}
            for one in said
        ]
        whole = told.model_dump(mode="json") | {"messages": exchange}
        return json.dumps(whole, ensure_ascii=False, indent=2).encode()

    def consents(self, code: str, sender: Request) -> tuple[Consent, ...] | None:
        """What the relative allowed and refused, or None when the code opens nothing."""
        self._count(sender)
        try:
            with self.store.begin() as work:
                return intake.export_own(work, PUBLIC, code).consents
        except NotFound:
            return None

    def withdraw_consents(self, code: str, taken_back: set[int], today: date, sender: Request) -> bool:
        """Takes back the consents at these places of `consents`; False when the code opens nothing."""
        self._count(sender)
        try:
            with self.store.begin() as work:
                held = intake.export_own(work, PUBLIC, code)
                consents = tuple(
                    consent.model_copy(update={"withdrawn_on": today})
                    if place in taken_back and consent.stands
                    else consent
                    for place, consent in enumerate(held.consents)
                )
                intake.correct_own(work, PUBLIC, code, held.model_copy(update={"consents": consents}))
        except NotFound:
            return False
        return True

    def withdraw(self, code: str, sender: Request) -> bool:
        """Takes the request back; False when the code opens nothing."""
        self._count(sender)
        try:
            with self.store.begin() as work:
                intake.withdraw_own(work, PUBLIC, code)
        except NotFound:
            return False
        return True

    def _count(self, sender: Request) -> None:
        limits.spend(self.store, limits.CODE_ALL)
        limits.spend(self.store, limits.CODE_BY_ADDRESS, address_of(sender))
