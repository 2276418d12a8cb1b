"""How stored values read on a page: filters of the templates."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from schemas.link import Band
from schemas.review import LinkState, Move
from service import speech
from service.imports import RowProblem, Severity
from service.pages import inert
from service.speech import _, marked
from service.wording import birth, day

MINUS = "\u2212"
_BANDS = {
    Band.SHOW: marked("worth a review"),
    Band.NEEDS_FACTS: marked("needs more facts"),
    Band.DO_NOT_SHOW: marked("weak"),
}
_STATES = {
    LinkState.SUGGESTED: marked("suggested"),
    LinkState.PLAUSIBLE: marked("recommended"),
    LinkState.VERIFIED_BY_EVIDENCE: marked("evidence recorded"),
    LinkState.BEST_INTERESTS_CLEARED: marked("best interests cleared"),
    LinkState.CONSENT_TO_CONTACT: marked("both sides agree to contact"),
}
MOVES = {
    Move.CLAIM: marked("Claim this link"),
    Move.RELEASE: marked("Give it back"),
    Move.ASK: marked("Ask for information"),
    Move.REJECT: marked("Reject"),
    Move.RECOMMEND: marked("Recommend"),
    Move.VERIFY: marked("Record evidence"),
    Move.CONFIRM: marked("Confirm"),
    Move.DISAGREE: marked("Disagree"),
    Move.CLEAR_BEST_INTERESTS: marked("Clear best interests"),
    Move.CONSENT: marked("Both sides agree to contact"),
    Move.CONTACT: marked("Contact has begun"),
    Move.PLAN: marked("Reunification is planned"),
    Move.REUNIFY: marked("Reunified"),
    Move.FOLLOW: marked("Follow-up visit"),
    Move.CLOSE: marked("Close"),
    Move.REOPEN: marked("Reopen"),
}
_COMPARISONS = {
    "prior": marked("starting point"),
    "given_name": marked("given name"),
    "mother_name": marked("mother's name"),
    "father_name": marked("father's name"),
    "age": marked("age"),
    "kunya": marked("kunya"),
    "household": marked("household"),
}

# a level that is also the name of a step
_LEVELS = {"close": marked("close by")}
# comparisons whose values the matcher put into words itself; of all others they stand as written
_OF_THE_MATCHER = frozenset(
    {"household", "household_absent", "household_extra", "household_role", "counted_children"}
)


def born(card: Mapping[str, str]) -> str:
    """The typed day, month and year of a card, with dots between."""
    return ".".join(part for part in (card["day"], card["month"], card["year"]) if part)


def place_when(boxes: Mapping[str, str]) -> str:
    """The typed month and year of a last known place."""
    return ".".join(part for part in (boxes["place_month"], boxes["place_year"]) if part)


def bits(weight: float) -> str:
    """A weight with its sign, one decimal: +6.1 or, with a real minus, 12.3 against."""
    rounded = round(weight, 1)
    return "0" if rounded == 0 else speech.number(f"{'+' if rounded > 0 else MINUS}{abs(rounded):.1f}")


def percent(probability: float) -> str:
    """Whole per cent. Never 0 or 100: nothing here is certain."""
    if probability > 0.99:
        return _("over 99 %")
    return _("under 1 %") if probability < 0.01 else speech.percent(f"{probability * 100:.0f}")


def band(value: str) -> str:
    return _(_BANDS[Band(value)])


def verdict(probability: float) -> str:
    """The probability in words."""
    if probability >= 0.9:
        return _("Probably the same person")
    if probability >= 0.5:
        return _("Possibly the same person")
    return _("Uncertain") if probability >= 0.1 else _("Probably not the same person")


def state(value: str) -> str:
    """A link state in words."""
    return _(_STATES[LinkState(value)]) if LinkState(value) in _STATES else spoken(value)


def move(value: str) -> str:
    return _(MOVES[Move(value)])


def comparison(value: str) -> str:
    return _(_COMPARISONS[value]) if value in _COMPARISONS else spoken(value)


def level(value: str) -> str:
    """How a comparison came out."""
    return _(_LEVELS[value]) if value in _LEVELS else spoken(value)


def compared(value: str, comparison: str) -> str:
    """What a comparison looked at: as written, or in words where it was counted."""
    return speech.sentence(value) if comparison in _OF_THE_MATCHER else value


def spoken(code: str) -> str:
    """A stable code as words: other_person -> other person."""
    return _(code.replace("_", " "))


def moment(value: datetime | None) -> str:
    """17 Feb 2011, 14:05 UTC, or nothing."""
    return f"{day(value)}{speech.comma()}{value:%H:%M} UTC" if value else ""


def recipient(value: str) -> str:
    """Whom a consent is for."""
    known = {"homeward": _("this organisation"), "icrc": _("Red Cross / Crescent"), "unhcr": _("UNHCR")}
    return known.get(value, spoken(value))


def list_state(value: str) -> str:
    """What became of a list."""
    known = {
        "preview": _("preview, not committed"),
        "published": _("committed"),
        "superseded": _("older edition"),
    }
    return known.get(value, spoken(value))


def prose(text: str) -> Markup:
    """A sentence about a record: in the reader's language, what it quotes kept in its own direction."""
    return inert.prose(speech.sentence(text), speech.direction())


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def worst_first(problems: Sequence[RowProblem]) -> list[RowProblem]:
    """Lost rows, then warnings, then notes; within each, by row."""
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    return sorted(problems, key=lambda one: (order[one.severity], one.sheet, one.row))


FILTERS: dict[str, Callable[..., object]] = {
    "band": band,
    "birth": birth,
    "bits": bits,
    "born": born,
    "compared": compared,
    "comparison": comparison,
    "day": day,
    "moment": moment,
    "level": level,
    "list_state": list_state,
    "move": move,
    "name": inert.name,
    "name_warnings": inert.warnings,
    "percent": percent,
    "place_when": place_when,
    "prose": prose,
    "recipient": recipient,
    "said": speech.sentence,
    "sentence_case": sentence_case,
    "spoken": spoken,
    "state": state,
    "verdict": verdict,
    "worst_first": worst_first,
}
