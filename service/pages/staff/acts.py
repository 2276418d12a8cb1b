"""The acts of the audit log in words."""

from schemas.review import Move
from service.pages.staff_words import MOVES
from service.speech import _, marked
from service.store.states import ExportState

_EXPORTS = {
    ExportState.ASKED: marked("an export was asked for"),
    ExportState.APPROVED: marked("an export was approved"),
    ExportState.REFUSED: marked("an export was refused"),
}
_REQUESTS = {
    "filed": marked("a request was filed"),
    "listed": marked("requests were listed"),
    "read": marked("a request was read"),
    "contact_read": marked("contact data were read"),
    "corrected": marked("a request was corrected"),
    "status_released": marked("what the code shows was changed"),
    "relative_asked": marked("the relative was asked something"),
    "closed": marked("a request was closed"),
    "extended": marked("a request was extended"),
    "withdrawn": marked("a request was withdrawn"),
    "expired": marked("a request expired"),
    "erased": marked("a request was erased"),
    "read_by_code": marked("the state of a request was read with the code"),
    "corrected_by_code": marked("a request was corrected with the code"),
    "extended_by_code": marked("a request was extended with the code"),
    "exported_by_code": marked("a request was downloaded with the code"),
    "message_by_code": marked("a message was written with the code"),
    "withdrawn_by_code": marked("a request was withdrawn with the code"),
}
_LISTS = {
    "previewed": marked("a list was uploaded"),
    "typed": marked("a list was typed in"),
    "mapped": marked("a list was read again with other columns"),
    "discarded": marked("a preview was discarded"),
    "published": marked("a list was committed"),
    "read": marked("a list was read"),
    "rows_read": marked("rows of a list were read"),
    "difference_read": marked("the difference to the edition before was read"),
    "taken_back": marked("a list was taken back"),
}
_ACCOUNTS = {
    "created": marked("an account was made"),
    "disabled": marked("an account was disabled"),
    "enabled": marked("an account was enabled again"),
    "roles_changed": marked("the roles of an account were changed"),
    "password_changed": marked("a password was changed"),
    "second_factor_set": marked("a second factor was set up"),
    "second_factor_reset": marked("a second factor was taken away"),
    "mail_chosen": marked("mails were switched on"),
    "mail_ended": marked("mails were switched off"),
}
_LINKS = {
    "read": marked("a link was read"),
    "note_added": marked("a note was written"),
    "printed": marked("a case sheet was printed"),
    "photographs_printed": marked("photographs were printed"),
}
_OTHERS = {
    "api_key.issued": marked("a key for the API was issued"),
    "api_key.revoked": marked("a key for the API was revoked"),
    "export.fetched": marked("an export was fetched"),
    "lists.searched": marked("the lists were searched"),
    "messages.read": marked("messages were read"),
    "pair.explained": marked("a pair was explained"),
    "picture.added": marked("a picture was added"),
    "picture.read": marked("a picture was read"),
    "pictures.shown": marked("pictures were shown"),
    "queue.read": marked("the queue was read"),
    "run.cancelled": marked("a run was cancelled"),
    "run.started": marked("a run was started"),
    "session.closed": marked("somebody signed out"),
    "session.opened": marked("somebody signed in"),
    "session.refused": marked("a sign-in was refused"),
}
ACTS: dict[str, str] = {
    **{f"link.{move}": MOVES[move] for move in Move},
    **{f"export.{state}": words for state, words in _EXPORTS.items()},
    **{f"request.{act}": words for act, words in _REQUESTS.items()},
    **{f"list.{act}": words for act, words in _LISTS.items()},
    **{f"account.{act}": words for act, words in _ACCOUNTS.items()},
    **{f"link.{act}": words for act, words in _LINKS.items()},
    **_OTHERS,
}


def act_in_words(code: str) -> str:
    """What was done; the code itself where a later version wrote it."""
    return _(ACTS[code]) if code in ACTS else code
