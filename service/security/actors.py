"""Who acts: roles and the actor that every use case asks for."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account may be; one account may hold several. See docs/workflow for the duties."""

    INTAKE = "intake"
    IMPORTER = "importer"
    REVIEWER = "reviewer"
    SECOND_REVIEWER = "second_reviewer"
    CHILD_PROTECTION_LEAD = "child_protection_lead"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    MACHINE_CLIENT = "machine_client"


@dataclass(frozen=True)
class Actor:
    """One authenticated account, or the public.

    `scopes` narrow a machine client to the operations named in its key; they never widen a role.
    """

    account_id: str
    organisation_id: str
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[str] | None = None
    session_id: str = ""
    language: str = "en"

    @property
    def is_public(self) -> bool:
        return not self.account_id

    @property
    def audit_id(self) -> str:
        """How the audit log names this actor."""
        return self.account_id or "public"


PUBLIC = Actor(account_id="", organisation_id="")
