"""Questions to the relative and answers from the relative, through the page that the code opens.

A question is a human release like the public status: a second reviewer or the lead sends it, and what
the relative reads changes by nothing else.
"""

from schemas.review import LinkState, Move, PublicStatus
from service.cases import intake
from service.cases.requests import own
from service.cases.standings import history_of
from service.errors import Conflict, Unprocessable
from service.security.access import Operation, require
from service.security.actors import PUBLIC, Actor
from service.store import links, messages
from service.store.messages import Message
from service.store.work import Work

LONGEST = 2000  # code points of one message
MOST_OF_RELATIVE = 100  # messages of one request; nobody needs more, a flood would


def read_messages(work: Work, actor: Actor, request_id: str) -> tuple[Message, ...]:
    """The exchange of one request; reading it marks what the relative wrote as seen."""
    require(actor, Operation.READ_REQUEST)
    row = own(work, actor, request_id)
    found = messages.of_request(work, row.id)
    if any(message.unread for message in found):
        messages.mark_read(work, row.id)
    if found:
        intake.note(work, actor, "messages.read", row, count=len(found))
    return found


def ask_relative(work: Work, actor: Actor, request_id: str, text: str) -> None:
    """Show a question on the relative's page, and release the status “contact us” with it."""
    require(actor, Operation.SET_PUBLIC_STATUS)
    row = own(work, actor, request_id)
    if row.state != "open":
        raise Conflict("request_ended", "The request is not open any more; nobody would read the question.")
    messages.add(work, row, actor.account_id, _checked(text))
    row.public_status = PublicStatus.CONTACT_US.value
    row.version += 1
    work.session.flush()
    intake.note(work, actor, "request.relative_asked", row)


def open_questions(work: Work, actor: Actor, request_id: str) -> tuple[str, ...]:
    """What reviewers want to know of the family: the last question of each link that waits for it."""
    require(actor, Operation.READ_REQUEST)
    row = own(work, actor, request_id)
    asked: list[str] = []
    for link in links.of_request(work.session, row.id):
        if link.state == LinkState.NEEDS_INFORMATION.value:
            last = [j.reason for j in history_of(work, link) if j.move is Move.ASK]
            asked += last[-1:]
    return tuple(dict.fromkeys(asked))


def own_messages(work: Work, code: str) -> tuple[Message, ...]:
    """What the holder of the code wrote and was asked."""
    return messages.of_request(work, intake.by_code(work, code).id)


def say_own(work: Work, code: str, text: str) -> None:
    """Keep a message of the relative. Raises the one NotFound for a code that opens nothing."""
    row = intake.by_code(work, code)
    if messages.count(work, row.id, by_relative=True) >= MOST_OF_RELATIVE:
        raise Conflict(
            "too_many_messages", "This request has as many messages as it can keep. Please contact us."
        )
    messages.add(work, row, None, _checked(text))
    intake.note(work, PUBLIC, "request.message_by_code", row)


def _checked(text: str) -> str:
    if not text.strip():
        raise Unprocessable("message_empty", "Please write the message.")
    if len(text) > LONGEST:
        raise Unprocessable("message_too_long", f"Shorten the message to {LONGEST} characters.")
    return text.strip()
