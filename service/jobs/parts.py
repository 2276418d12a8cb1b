"""One part of a run, done in whatever process an executor has chosen: what goes there and back is ids."""

from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from threading import Lock

from matching.policy_file import written
from service.config import Settings, load_settings
from service.errors import HomewardError, Unavailable
from service.jobs.gallery import Gallery, GalleryKeeper
from service.jobs.worker import Worker
from service.process import prepare
from service.store import runs
from service.store.work import Store, open_store

_mine: list[Worker] = []  # the worker of this process, which keeps the lists prepared between parts
_inherited: list[Gallery] = []  # what the process that this one was forked from had prepared
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Terms:
    """The run, and a hash of all settings that its links depend on: every process must share them."""

    run_id: str
    agreed: str

    @classmethod
    def of(cls, settings: Settings, run_id: str) -> "Terms":
        numbers = f"{settings.links_per_person}|{settings.recount_rows}"
        said = f"{version('homeward')}|{numbers}|{written(settings.policy)}"
        return cls(run_id, sha256(said.encode()).hexdigest())


class SharedLists:
    """Prepares the lists once for all processes that are forked from this one."""

    def __init__(self, store: Store) -> None:
        self._store, self._keeper = store, GalleryKeeper(store)

    def prepare(self) -> None:
        """Before a fork. No connection is left for a child to inherit: closing it would loosen the locks of
        the child's own.
        """
        _inherited.clear()  # lest an old one stay in memory while the next is prepared
        _inherited.append(self._keeper.newest())
        self._store.close()  # opens again when it is next used


def one_part(terms: Terms) -> str:
    """Do one chunk of the run, if any is left, with the database and the keys that this process is set up
    for. Returns nothing, or the sentence that says why this process must not take part.
    """
    with _one_at_a_time:
        try:
            settings = load_settings()
            if Terms.of(settings, terms.run_id) != terms:
                return (
                    "A worker has another version, scoring policy, HOMEWARD_LINKS_PER_PERSON or "
                    "HOMEWARD_RECOUNT_ROWS than this machine: its links would differ. Give all machines the "
                    "same and run again."
                )
            return _do(settings, terms.run_id)
        except Unavailable:
            return ""  # the chunk is still there for whoever comes next
        except HomewardError as refused:
            return f"A worker cannot take part: {refused.sentence}"


def _do(settings: Settings, run_id: str) -> str:
    if not _mine:
        prepare(settings, quiet=True)
        # given away, lest it stay in memory beside the next one when a list changes
        _mine.append(Worker(open_store(settings), _inherited.pop() if _inherited else None))
    worker = _mine[0]
    with worker.store.read() as work:
        if runs.get(work.session, run_id) is None:
            return "A worker is set up for another database: give all machines the same and run again."
    worker.step(run_id)
    return ""
