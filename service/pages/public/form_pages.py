"""The request form: all on one page or one question at a time, with a draft on the telephone if asked for."""

import secrets
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from schemas.vocabulary import SoughtRole
from service.pages.forms import posted_file
from service.pages.public import kept_draft, steps
from service.pages.public.draft import MAX_PEOPLE, Draft, read_draft
from service.pages.public.qr import qr_of
from service.pages.public.reading import CONSENTS, RELATIONS, Filing, Reading, read_form
from service.pages.public.steps import Step
from service.pages.public.surface import Form, Language, Surface
from service.pages.words import Words, words_of


class FormPages(Surface):
    """One address for every button of the form: add, remove, next, back, check, change, keep, send."""

    def whole(self, language: Language) -> Response:
        return self._whole(language, Draft(), Reading())

    def by_steps(self, language: Language) -> Response:
        draft = Draft()
        return self._step(language, draft, steps.step_named(draft, ""), Reading())

    def post(self, request: Request, language: Language, form: Form) -> Response:
        draft = read_draft(form)
        act, at = form.get("do", "check"), form.get("step", "")
        if act == "keep":
            return _as_file(draft)
        if act in ("check", "send"):
            return self._check_or_send(request, language, draft, send=act == "send", at=at)
        if at and act != "whole":
            return self._walk(language, draft, steps.step_named(draft, at), act)
        apply_button(draft, act)
        return self._whole(language, draft, Reading())

    def open_kept(self, language: Language, content: Annotated[bytes, Depends(posted_file)]) -> Response:
        """Goes on with a draft that the telephone kept."""
        draft = kept_draft.read(content)
        return self._whole(language, draft or Draft(), Reading(), unopened=draft is None)

    def _whole(self, language: str, draft: Draft, reading: Reading, *, unopened: bool = False) -> Response:
        status = 422 if reading.problems or unopened else 200
        return self._form("request", language, status, draft=draft, reading=reading, unopened=unopened)

    def _walk(self, language: str, draft: Draft, step: Step, act: str) -> Response:
        """A button of a step's page."""
        verb, _, target = act.partition(":")
        if verb == "change":
            return self._step(language, draft, steps.step_named(draft, target), Reading())
        people = len(draft.people)
        if apply_button(draft, act):
            added = len(draft.people) > people
            name = f"p{len(draft.people)}-who" if added else "people"
            return self._step(language, draft, steps.step_named(draft, name), Reading())
        if verb == "back":
            return self._step(language, draft, steps.beside(draft, step, -1) or step, Reading())
        wrong = steps.of_step(_read(draft, language), step)
        if wrong.problems:
            return self._step(language, draft, step, wrong)
        after = steps.beside(draft, step, 1)
        if after is None:
            return self._check_or_send(None, language, draft, send=False, at=step.name)
        return self._step(language, draft, after, Reading())

    def _step(self, language: str, draft: Draft, step: Step, reading: Reading) -> Response:
        asked, of = steps.progress(draft, step)
        return self._form(
            "step",
            language,
            422 if reading.problems else 200,
            draft=draft,
            reading=reading,
            step=step,
            asked=asked,
            of=of,
            rest=steps.rest(draft, step),
        )

    def _check_or_send(
        self, request: Request | None, language: str, draft: Draft, *, send: bool, at: str
    ) -> Response:
        reading = _read(draft, language)
        if reading.request is None:
            wrong = steps.first_wrong(draft, reading) if at else None
            if wrong is not None:
                return self._step(language, draft, wrong, steps.of_step(reading, wrong))
            return self._whole(language, draft, reading)
        if not send or request is None:
            return self._form("check", language, 200, draft=draft, at=at)
        code = self.desk.file(reading.request, draft.key, request)
        return self.page("receipt", language, "request", 201, code=code, qr=qr_of(code))

    def _form(self, template: str, language: str, status: int, **values: Any) -> Response:
        own = {"action": f"/{language}/request", "csrf": "", "code": "", "version": ""}
        choices = form_choices(words_of(language))
        return self.page(template, language, "request", status, **own, **choices, **values)


def _read(draft: Draft, language: str) -> Reading:
    return read_form(draft, Filing(secrets.token_hex(16), datetime.now(UTC).date(), language))


def _as_file(draft: Draft) -> Response:
    return Response(
        kept_draft.written(draft),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{kept_draft.FILE_NAME}"'},
    )


def apply_button(draft: Draft, act: str) -> bool:
    """Does what a button of the form says to the cards; False when it is no such button."""
    verb, _, number = act.partition(":")
    if verb in ("add", "add_nameless"):
        draft.add_person(nameless=verb == "add_nameless")
    elif verb == "remove" and number.isascii() and number.isdigit():
        draft.remove_person(int(number[:3]))
    else:
        return False
    return True


def form_choices(t: Words) -> dict[str, Any]:
    """The select boxes and questions of the form in the words of one language."""
    return {
        "roles": [("", t("request.you_relation_choose"))]
        + [(role.value, t(f"request.role_{role.value}")) for role in SoughtRole],
        "relations": [(relation.value, t(f"relation.{relation.value}")) for relation in RELATIONS],
        "consents": [(name, name.removeprefix("consent_")) for name in CONSENTS],
        "most_people": MAX_PEOPLE,
    }
