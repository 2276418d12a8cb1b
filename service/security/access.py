"""THE authorisation table: operation -> roles that may. What has no row here nobody may do.

The API, the pages and the use cases all ask this one table. It answers "may this role do such a
thing at all"; whether a particular object is the actor's to see is a filter by organisation in the
store, and a foreign object is answered exactly like an absent one.
"""

from enum import StrEnum

from service.errors import Forbidden, Unauthenticated
from service.security.actors import Actor, Role


class Operation(StrEnum):
    """Everything that can be asked of the service."""

    HEALTH = "health"
    READ_DOCS = "docs:read"
    READ_PUBLIC_PAGE = "public_page:read"
    FILE_OWN_REQUEST = "request:file_own"
    READ_OWN_STATUS = "request:own_status"
    WITHDRAW_OWN_REQUEST = "request:withdraw_own"
    CORRECT_OWN_REQUEST = "request:correct_own"
    OPEN_SESSION = "session:open"
    READ_SESSION = "session:read"
    CLOSE_SESSION = "session:close"
    CHANGE_OWN_PASSWORD = "password:change_own"  # noqa: S105 - the name of an operation, not a password
    SET_UP_SECOND_FACTOR = "second_factor:set_up"
    READ_HOME = "home:read"
    ENTER_REQUEST = "request:enter"
    READ_REQUEST = "request:read"
    EXTEND_REQUEST = "request:extend"
    WITHDRAW_REQUEST = "request:withdraw"
    SET_PUBLIC_STATUS = "request:set_public_status"
    UPLOAD_LIST = "list:upload"
    READ_LIST = "list:read"
    MAP_LIST = "list:map"
    COMMIT_LIST = "list:commit"
    TAKE_BACK_LIST = "list:take_back"
    START_RUN = "run:start"
    READ_RUN = "run:read"
    CANCEL_RUN = "run:cancel"
    READ_QUEUE = "link:queue"
    READ_LINK = "link:read"
    JUDGE_LINK = "link:judge"
    ASK_EXPORT = "export:ask"
    APPROVE_EXPORT = "export:approve"
    PRINT_CASE = "case:print"
    READ_STATISTICS = "statistics:read"
    READ_FILE = "file:read"
    ADD_FILE = "file:add"
    EXPLAIN_PAIR = "pair:explain"
    SEARCH_LISTS = "lists:search"
    COMPARE_NAMES = "names:compare"
    MANAGE_ACCOUNTS = "account:manage"
    MANAGE_API_KEYS = "api_key:manage"
    READ_AUDIT = "audit:read"


ANYBODY: frozenset[Role] = frozenset()
_CASE = frozenset({Role.REVIEWER, Role.SECOND_REVIEWER, Role.CHILD_PROTECTION_LEAD})
_STAFF = frozenset(Role) - {Role.MACHINE_CLIENT}
_MACHINE = frozenset({Role.MACHINE_CLIENT})
_INTAKE = frozenset({Role.INTAKE})
_IMPORTER = frozenset({Role.IMPORTER})

ACCESS: dict[Operation, frozenset[Role]] = {
    Operation.HEALTH: ANYBODY,
    Operation.READ_DOCS: ANYBODY,  # mounted outside production only
    Operation.READ_PUBLIC_PAGE: ANYBODY,
    Operation.FILE_OWN_REQUEST: ANYBODY,
    Operation.READ_OWN_STATUS: ANYBODY,  # the case code is the key
    Operation.WITHDRAW_OWN_REQUEST: ANYBODY,  # the case code is the key
    Operation.CORRECT_OWN_REQUEST: ANYBODY,  # the case code is the key
    Operation.OPEN_SESSION: ANYBODY,
    Operation.READ_SESSION: frozenset(Role),
    Operation.CLOSE_SESSION: _STAFF,
    Operation.CHANGE_OWN_PASSWORD: _STAFF,
    Operation.SET_UP_SECOND_FACTOR: _STAFF,
    Operation.READ_HOME: _STAFF,
    Operation.ENTER_REQUEST: _INTAKE | _MACHINE,
    Operation.READ_REQUEST: _INTAKE | _CASE,
    Operation.EXTEND_REQUEST: _INTAKE | {Role.CHILD_PROTECTION_LEAD},
    Operation.WITHDRAW_REQUEST: _INTAKE | {Role.DATA_PROTECTION_OFFICER},
    Operation.SET_PUBLIC_STATUS: frozenset({Role.SECOND_REVIEWER, Role.CHILD_PROTECTION_LEAD}),
    Operation.UPLOAD_LIST: _IMPORTER | _MACHINE,
    Operation.READ_LIST: _IMPORTER | _MACHINE,
    Operation.MAP_LIST: _IMPORTER | _MACHINE,
    Operation.COMMIT_LIST: _IMPORTER,
    Operation.TAKE_BACK_LIST: _IMPORTER,
    Operation.START_RUN: _CASE | _IMPORTER | _INTAKE | _MACHINE,
    Operation.READ_RUN: _CASE | _IMPORTER | _INTAKE | _MACHINE,
    Operation.CANCEL_RUN: _CASE | _IMPORTER,
    Operation.READ_QUEUE: _CASE,
    Operation.READ_LINK: _CASE,
    Operation.JUDGE_LINK: _CASE,  # which move by whom: service.cases.workflow
    Operation.ASK_EXPORT: _CASE,
    Operation.APPROVE_EXPORT: frozenset({Role.SECOND_REVIEWER, Role.CHILD_PROTECTION_LEAD}),
    Operation.PRINT_CASE: _CASE,
    Operation.READ_STATISTICS: _CASE | {Role.DATA_PROTECTION_OFFICER, Role.AUDITOR, Role.MACHINE_CLIENT},
    Operation.READ_FILE: _CASE | _IMPORTER,  # of a link or of a list: by the role of either
    Operation.ADD_FILE: _CASE | _IMPORTER,
    Operation.EXPLAIN_PAIR: _CASE,
    Operation.SEARCH_LISTS: _CASE,
    Operation.COMPARE_NAMES: _CASE | _INTAKE | _IMPORTER | _MACHINE,
    Operation.MANAGE_ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
    Operation.MANAGE_API_KEYS: frozenset({Role.ADMINISTRATOR}),
    Operation.READ_AUDIT: frozenset({Role.AUDITOR, Role.DATA_PROTECTION_OFFICER}),
}


def is_public(operation: Operation) -> bool:
    """Whether somebody who has not signed in may do this."""
    return operation in ACCESS and ACCESS[operation] == ANYBODY


def may(actor: Actor, operation: Operation) -> bool:
    """Whether the actor's roles (and, for a machine client, its scopes) allow the operation."""
    if is_public(operation):
        return True
    if not actor.roles & ACCESS.get(operation, frozenset()):
        return False
    return actor.scopes is None or operation.value in actor.scopes or operation is Operation.READ_SESSION


def require(actor: Actor, operation: Operation) -> Actor:
    """The actor when allowed.

    Raises Unauthenticated for somebody not signed in, Forbidden for a signed-in account.
    """
    if may(actor, operation):
        return actor
    if actor.is_public:
        raise Unauthenticated("sign_in_needed", "Please sign in first.")
    raise Forbidden("not_allowed", "Your account may not do this. Ask your administrator if it should.")
