"""The language somebody speaks: children were told apart by it when nothing else was known of them."""

from matching.evidence.row import Finding, missing, row
from matching.profile import Profile
from matching.weights import Policy


def compare(sought: Profile, recorded: Profile, policy: Policy) -> Finding:
    shown = sought.show("language"), recorded.show("language")
    if not sought.languages or not recorded.languages:
        known = shown[0] if sought.languages else "", shown[1] if recorded.languages else ""
        return missing("language", known)
    if sought.languages & recorded.languages:
        return row("language", "same", policy.language["same"], shown, "A language is the same.")
    sentence = "The languages differ; a child forgets one within a few years."
    return row("language", "differs", policy.language["differs"], shown, sentence)
