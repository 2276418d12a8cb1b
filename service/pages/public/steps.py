"""The request one question at a time: the same boxes as the whole form, a few on each page."""

from dataclasses import dataclass

from service.pages.public.draft import Draft
from service.pages.public.reading import CONSENTS, Reading

_FAMILY = {
    "you": ("you_name", "you_relation", "you_relation_words"),
    "side": ("you_side", "you_place", "you_proxy"),
    "contact": (
        "contact_telephone",
        "contact_email",
        "contact_address",
        "contact_hours",
        "contact_instructions",
    ),
}
_CARD = {
    "who": ("role", "name", "nameless", "sex"),
    "names": ("others", "kunya"),
    "born": ("day", "month", "year", "about", "age", "seen"),
    "parents": ("father", "mother"),
    "more": ("relation", "place", "place_month", "place_year", "nationality", "origin", "marks"),
}
_STORY = {
    "home": ("nationality", "origin"),
    "last": ("place", "place_month", "place_year"),
    "story": ("story",),
}


@dataclass(frozen=True)
class Step:
    """One page of the request. `number` is the card it speaks of, 0 for the family as a whole."""

    name: str
    part: int
    boxes: tuple[str, ...]  # names of the boxes in the form, so that only they are checked here
    number: int = 0

    @property
    def kind(self) -> str:
        """Which page: `born` for the step `p2-born`."""
        return self.name.partition("-")[2] if self.number else self.name


def steps_of(draft: Draft) -> tuple[Step, ...]:
    """All steps of this draft, in order; more people make more of them."""
    steps = [Step(name, 1, boxes) for name, boxes in _FAMILY.items()]
    for number in range(1, len(draft.people) + 1):
        steps += [
            Step(f"p{number}-{kind}", 2, tuple(f"p{number}_{box}" for box in boxes), number)
            for kind, boxes in _CARD.items()
        ]
    steps.append(Step("people", 2, ("unnamed",)))
    steps += [Step(name, 3, boxes) for name, boxes in _STORY.items()]
    steps += [Step(name, 4, (name,)) for name in CONSENTS]
    return tuple(steps)


def step_named(draft: Draft, name: str) -> Step:
    """The step of this name, or the first one."""
    steps = steps_of(draft)
    return next((step for step in steps if step.name == name), steps[0])


def beside(draft: Draft, step: Step, by: int) -> Step | None:
    """The step before (-1) or after (1); None beyond either end."""
    steps = steps_of(draft)
    place = steps.index(step) + by
    return steps[place] if 0 <= place < len(steps) else None


def progress(draft: Draft, step: Step) -> tuple[int, int]:
    """This is question n of m."""
    steps = steps_of(draft)
    return steps.index(step) + 1, len(steps)


def of_step(reading: Reading, step: Step) -> Reading:
    """Only what is to be looked at again on this page."""
    return Reading(problems=[problem for problem in reading.problems if problem.field in step.boxes])


def first_wrong(draft: Draft, reading: Reading) -> Step | None:
    """The first step with something to look at again."""
    wrong = {problem.field for problem in reading.problems}
    return next((step for step in steps_of(draft) if wrong & set(step.boxes)), None)


def rest(draft: Draft, step: Step) -> list[tuple[str, str]]:
    """Everything typed so far that this page does not show, to be kept in hidden boxes."""
    return [(name, value) for name, value in draft.hidden() if name not in step.boxes]
