"""A family is in one place as a rule: where its others are found speaks for or against a household."""

from matching.evidence.row import row
from matching.scored import Scored


def with_elsewhere(scored: Scored, bits: float) -> Scored:
    """A link with what the place of the others of the family says of its household, if anything."""
    if not bits:
        return scored
    if bits < 0:
        sentence = (
            "Others of the sought family are more likely in another household; a family is in one place "
            "as a rule."
        )
    else:
        sentence = (
            "Others of the sought family are likely found elsewhere, and this row stands alone: it may have "
            "been written apart from them."
        )
    level = "apart" if bits < 0 else "alone"
    finding = row("family_elsewhere", level, bits, ("", ""), sentence)
    return Scored.of(scored.position, (*scored.findings, finding), scored.relation)
