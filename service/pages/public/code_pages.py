"""What the code opens: the coarse state, correcting and adding, messages, consents, the way out."""

import secrets
from datetime import UTC, date, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from schemas.tracing import Consent
from service.errors import HomewardError
from service.pages.public import refill
from service.pages.public.draft import Draft, read_draft
from service.pages.public.form_pages import apply_button, form_choices
from service.pages.public.reading import CONSENTS, Filing, Reading, read_form
from service.pages.public.surface import CODE_LONGEST, Form, Language, Surface
from service.pages.words import words_of

_HELD = "request.json"


class CodePages(Surface):
    """Each page takes the code from a posted form; wrong, expired and withdrawn codes look alike."""

    def ask(self, language: Language) -> Response:
        return self.page("code", language, "code", problem="", typed="")

    def again(self, language: str, typed: str) -> Response:
        """The page that asks for a code, after one that opened nothing."""
        problem = "unknown" if typed else "empty"
        return self.page("code", language, "code", 404 if typed else 422, problem=problem, typed=typed)

    def state(self, request: Request, language: Language, form: Form) -> Response:
        return self._state(request, language, _typed(form))

    def _state(self, request: Request, language: str, typed: str, status: int = 200, **told: str) -> Response:
        found = self.desk.standing(typed, request) if typed else None
        if found is None:
            return self.again(language, typed)
        say = {"problem": "", "said": "", "message": "", "message_problem": ""} | told
        return self.page(
            "status",
            language,
            "code",
            status,
            state=found.status.value,
            messages=found.messages,
            code=typed,
            **say,
        )

    def say(self, request: Request, language: Language, form: Form) -> Response:
        """Keeps a message for the staff."""
        typed, text = _typed(form), form.get("message", "").strip()
        if not text:
            return self._state(request, language, typed, 422, message_problem="message_empty")
        try:
            kept = bool(typed) and self.desk.say(typed, text, request)
        except HomewardError as refused:
            if refused.status not in (409, 422):
                raise
            return self._state(
                request, language, typed, refused.status, message=text, message_problem=refused.code
            )
        return self._state(request, language, typed, said="yes") if kept else self.again(language, typed)

    def download(self, request: Request, language: Language, form: Form) -> Response:
        """Everything that is held, as a file."""
        typed = _typed(form)
        held = self.desk.held(typed, request) if typed else None
        if held is None:
            return self.again(language, typed)
        return Response(
            held,
            media_type="application/json",
            headers={"Content-Disposition": f'attachment; filename="{_HELD}"'},
        )

    # --- correcting -------------------------------------------------------------------------------

    def correct(self, request: Request, language: Language, form: Form) -> Response:
        """The kept request in the form; its buttons lead back here until it is sent."""
        typed = _typed(form)
        opened = self.desk.open(typed, request) if typed else None
        if opened is None:
            return self.again(language, typed)
        held, version = opened
        act = form.get("do", "")
        if act in ("", "first_add", "first_add_nameless"):
            draft = refill.draft_of(held)
            apply_button(draft, act.removeprefix("first_"))
            return self._form(language, draft, Reading(), typed, str(version))
        draft = read_draft(form)
        if act not in ("check", "send"):
            apply_button(draft, act)
            return self._form(language, draft, Reading(), typed, form.get("version", ""))
        today = datetime.now(UTC).date()
        reading = read_form(draft, Filing(secrets.token_hex(16), today, language))
        if reading.request is None:
            return self._form(language, draft, reading, typed, form.get("version", ""))
        if act == "check":
            return self._form(language, draft, reading, typed, form.get("version", ""), "correct_check")
        if form.get("version", "") != str(version):
            return self._form(language, refill.draft_of(held), Reading(), typed, str(version), changed=True)
        changed = refill.corrected(held, draft, reading.request, today)
        if not self.desk.correct(typed, changed, version, request):
            return self.again(language, typed)
        return self._state(request, language, typed, said="corrected")

    def _form(
        self,
        language: str,
        draft: Draft,
        reading: Reading,
        code: str,
        version: str,
        template: str = "correct",
        *,
        changed: bool = False,
    ) -> Response:
        own: dict[str, Any] = {
            "action": f"/{language}/correct",
            "csrf": "",
            "code": code,
            "version": version,
            "at": "",
        }
        status = 422 if reading.problems else 409 if changed else 200
        return self.page(
            template,
            language,
            "code",
            status,
            draft=draft,
            reading=reading,
            changed=changed,
            unopened=False,
            **own,
            **form_choices(words_of(language)),
        )

    # --- consents and the way out -----------------------------------------------------------------

    def consents(self, request: Request, language: Language, form: Form) -> Response:
        """What is allowed to whom, each with a box to take it back; boxes that are ticked take effect."""
        typed = _typed(form)
        ticked = {int(name[5:]) for name in form if name.startswith("take-") and name[5:].isdecimal()}
        if ticked and typed:
            self.desk.withdraw_consents(typed, ticked, _today(), request)
        held = self.desk.consents(typed, request) if typed else None
        if held is None:
            return self.again(language, typed)
        rows = _asked(held)
        return self.page("consents", language, "code", rows=rows, code=typed, changed=bool(ticked))

    def withdraw(self, request: Request, language: Language, form: Form) -> Response:
        typed = _typed(form)
        if not form.get("sure"):
            return self._state(request, language, typed, 422, problem="withdraw_tick")
        if not typed or not self.desk.withdraw(typed, request):
            return self.again(language, typed)
        return self.page("withdrawn", language, "")


def _typed(form: dict[str, str]) -> str:
    return form.get("code", "").strip()[:CODE_LONGEST]


def _today() -> date:
    return datetime.now(UTC).date()


def _asked(held: tuple[Consent, ...]) -> list[tuple[int, str, Consent]]:
    """Consents that the form asks for, with their place and the key of their words."""
    asked = {given: name.removeprefix("consent_") for name, given in CONSENTS.items()}
    return [
        (place, asked[consent.purpose, consent.recipient], consent)
        for place, consent in enumerate(held)
        if (consent.purpose, consent.recipient) in asked
    ]
