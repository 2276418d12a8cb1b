"""Lines that stand beside the evidence and weigh nothing: how common the name and age are, the same person
on another list, what to ask next."""

from collections.abc import Sequence

from matching.evidence.row import Finding, row
from matching.lines import Line
from matching.profile import Profile
from matching.questions import Question
from schemas.vocabulary import Sex

NOTE = "note"
_ASKED = {
    "given_name": "given name",
    "surname": "surname",
    "father_name": "father's name",
    "mother_name": "mother's name",
    "age": "year of birth",
    "origin": "home town or region",
    "kunya": "kunya, the name she or he is called by after a child",
}
_WHO = {
    (True, Sex.MALE): ("boy", "boys"), (True, Sex.FEMALE): ("girl", "girls"), (False, Sex.MALE): ("man",
    "men"),
    (False, Sex.FEMALE): ("woman", "women"),
}  # fmt: skip


def how_common(sought: Profile, count: int, with_age: bool) -> Finding:
    """`count` of the people on the lists have such a given name, and about the age where one is known."""
    one, many = _WHO.get((sought.is_child, sought.sex), ("person", "people"))
    have, who = ("has", one) if count == 1 else ("have", many)
    number = "No" if count == 0 else str(count) if count < 20 else f"~{round(count, -1)}"
    age = " and an age within two years" if with_age else "; no age was given"
    sentence = f"{number} {who} on these lists {have} such a given name{age}."
    return row("how_common", NOTE, 0.0, ("", ""), sentence, f"frequency({count})")


def other_records(lines: Sequence[Line]) -> Finding:
    """The rows of other lists that may be the same person: a transfer is shown as one."""
    rows = ", ".join(str(line.row) for line in lines)
    sentence = f"Another list seems to hold this person too (row {rows}): read both before judging."
    found = row("same_person", NOTE, 0.0, ("", ""), sentence, "transfer")
    return found._replace(detail=tuple(("record", line.record_id) for line in lines))


def ask_next(question: Question) -> Finding:
    sentence = f"Ask the family for the {_ASKED[question.fact]}: the answer would tell these rows apart best."
    found = row("ask_next", NOTE, 0.0, ("", ""), sentence, f"ask({question.fact})")
    return found._replace(detail=(("expected_bits", f"{question.bits:.2f}"),))
