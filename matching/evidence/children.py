"""The number of children that the list counts with a woman, against the number sought."""

from matching.evidence.row import Finding, missing, row
from matching.profile import Profile
from matching.weights import Policy


def compare(sought: Profile, recorded: Profile, policy: Policy) -> Finding:
    wanted, declared = sought.declared_children, recorded.declared_children
    shown = ("" if wanted is None else str(wanted), "" if declared is None else str(declared))
    if wanted is None or declared is None:
        return missing("children", shown)
    gap = abs(wanted - declared)
    if gap == 0:
        return row("children", "same", policy.children["same"], shown, "The number of children agrees.")
    if gap == 1:
        sentence = "The number of children differs by one; children are born or lost after the last news."
        return row("children", "close", policy.children["close"], shown, sentence)
    return row("children", "differs", policy.children["differs"], shown, "The number of children differs.")
