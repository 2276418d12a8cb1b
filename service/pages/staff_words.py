"""How stored values read on a page: filters of the templates."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from schemas.link import Band
from schemas.review import LinkState, Move
from service.imports import RowProblem, Severity
from service.pages import inert
from service.wording import birth, day

MINUS = "\u2212"
_BANDS = {
    Band.SHOW: "worth a review",
    Band.NEEDS_FACTS: "needs more facts",
    Band.DO_NOT_SHOW: "weak",
}
_STATES = {
    LinkState.SUGGESTED: "suggested",
    LinkState.PLAUSIBLE: "recommended",
    LinkState.VERIFIED_BY_EVIDENCE: "evidence recorded",
    LinkState.BEST_INTERESTS_CLEARED: "best interests cleared",
    LinkState.CONSENT_TO_CONTACT: "both sides agree to contact",
}
MOVES = {
    Move.CLAIM: "Claim this link",
    Move.RELEASE: "Give it back",
    Move.ASK: "Ask for information",
    Move.REJECT: "Reject",
    Move.RECOMMEND: "Recommend",
    Move.VERIFY: "Record evidence",
    Move.CONFIRM: "Confirm",
    Move.DISAGREE: "Disagree",
    Move.CLEAR_BEST_INTERESTS: "Clear best interests",
    Move.CONSENT: "Both sides agree to contact",
    Move.CONTACT: "Contact has begun",
    Move.PLAN: "Reunification is planned",
    Move.REUNIFY: "Reunified",
    Move.FOLLOW: "Follow-up visit",
    Move.CLOSE: "Close",
    Move.REOPEN: "Reopen",
}
_COMPARISONS = {
    "prior": "starting point",
    "given_name": "given name",
    "mother_name": "mother's name",
    "father_name": "father's name",
    "age": "age",
    "kunya": "kunya",
    "household": "household",
}


def born(card: Mapping[str, str]) -> str:
    """The typed day, month and year of a card, with dots between."""
    return ".".join(part for part in (card["day"], card["month"], card["year"]) if part)


def place_when(boxes: Mapping[str, str]) -> str:
    """The typed month and year of a last known place."""
    return ".".join(part for part in (boxes["place_month"], boxes["place_year"]) if part)


def bits(weight: float) -> str:
    """A weight with its sign, one decimal: +6.1 or, with a real minus, 12.3 against."""
    rounded = round(weight, 1)
    return "0" if rounded == 0 else f"{'+' if rounded > 0 else MINUS}{abs(rounded):.1f}"


def percent(probability: float) -> str:
    """Whole per cent. Never 0 or 100: nothing here is certain."""
    if probability > 0.99:
        return "over 99 %"
    return "under 1 %" if probability < 0.01 else f"{probability * 100:.0f} %"


def band(value: str) -> str:
    return _BANDS[Band(value)]


def verdict(probability: float) -> str:
    """The probability in words."""
    if probability >= 0.9:
        return "Probably the same person"
    if probability >= 0.5:
        return "Possibly the same person"
    return "Uncertain" if probability >= 0.1 else "Probably not the same person"


def state(value: str) -> str:
    """A link state in words."""
    return _STATES.get(LinkState(value), spoken(value))


def move(value: str) -> str:
    return MOVES[Move(value)]


def comparison(value: str) -> str:
    return _COMPARISONS.get(value, spoken(value))


def spoken(code: str) -> str:
    """A stable code as words: other_person -> other person."""
    return code.replace("_", " ")


def moment(value: datetime | None) -> str:
    """17 Feb 2011, 14:05 UTC, or nothing."""
    return f"{day(value)}, {value:%H:%M} UTC" if value else ""


def recipient(value: str) -> str:
    """Whom a consent is for."""
    return {"homeward": "this organisation", "icrc": "Red Cross / Crescent", "unhcr": "UNHCR"}.get(
        value, spoken(value)
    )


def count(number: int, one: str, many: str) -> str:
    """1 row, 2 rows."""
    return f"{number} {one if number == 1 else many}"


def list_state(value: str) -> str:
    """What became of a list."""
    return {"preview": "preview, not committed", "published": "committed", "superseded": "older edition"}.get(
        value, spoken(value)
    )


def worst_first(problems: Sequence[RowProblem]) -> list[RowProblem]:
    """Lost rows, then warnings, then notes; within each, by row."""
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    return sorted(problems, key=lambda one: (order[one.severity], one.sheet, one.row))


FILTERS: dict[str, Callable[..., object]] = {
    "band": band,
    "birth": birth,
    "bits": bits,
    "born": born,
    "comparison": comparison,
    "count": count,
    "day": day,
    "moment": moment,
    "list_state": list_state,
    "move": move,
    "name": inert.name,
    "name_warnings": inert.warnings,
    "percent": percent,
    "place_when": place_when,
    "prose": inert.prose,
    "recipient": recipient,
    "spoken": spoken,
    "state": state,
    "verdict": verdict,
    "worst_first": worst_first,
}
