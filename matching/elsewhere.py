"""A family is in one place as a rule: where its others are found speaks for or against a household."""

from matching.evidence.row import Finding, row
from matching.scored import Scored


def with_elsewhere(scored: Scored, bits: float) -> Scored:
    """A link with what the place of the others of the family says of its household, if anything."""
    if not bits:
        return scored
    return Scored.of(scored.position, (*scored.findings, _finding(bits)), scored.relation)


def _finding(bits: float) -> Finding:
    if bits < 0:
        sentence = (
            "Others of the sought family may be in another household; a family is in one place as a rule."
        )
        return row("family_elsewhere", "found_elsewhere", bits, ("", ""), sentence)
    sentence = (
        "Others of the sought family may be found elsewhere, and this row stands alone: it may have been "
        "written apart from them."
    )
    return row("family_elsewhere", "stands_alone", bits, ("", ""), sentence)
