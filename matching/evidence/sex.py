"""Sex: agreement is worth one bit; a difference weighs heavily but lists have typing errors."""

from matching.evidence.row import Finding, missing, row
from matching.profile import Profile
from matching.weights import Policy
from schemas.vocabulary import Sex


def compare(sought: Profile, recorded: Profile, policy: Policy) -> Finding:
    shown = (
        "" if sought.sex is Sex.UNKNOWN else sought.show("sex") or sought.sex.value,
        "" if recorded.sex is Sex.UNKNOWN else recorded.show("sex") or recorded.sex.value,
    )
    if Sex.UNKNOWN in (sought.sex, recorded.sex):
        return missing("sex", shown)
    if sought.sex is recorded.sex:
        return row("sex", "same", policy.sex["same"], shown, "Same sex.")
    sentence = "The sexes differ; on a list this can be a typing error."
    return row("sex", "differs", policy.sex["differs"], shown, sentence, "sex_differs")
