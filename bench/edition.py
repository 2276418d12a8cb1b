"""What a new edition of the lists costs whoever knew the one before, beside a full run of the same: JSON.

    python bench/edition.py [--rows 30000] [--requests 1000] [--changed 0.1] [--seed 1] [--library]
                            [--data ../shared/data]

A tenth of the rows is changed: a third of them gone, a third new, a third with another person's facts. In the
library: prepared lists and requests held beside them. In the service, on SQLite: a worker that opens sealed
rows, matches, and writes sealed links with their evidence. Both compare the links with those of a full run.
"""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import numpy as np  # noqa: E402  (the path above comes first)
from families import read  # noqa: E402  (as above)
from scale import MOST_ROWS, strangers  # noqa: E402  (as above)
from sqlalchemy import insert  # noqa: E402  (as above)
from sqlmodel import col, select  # noqa: E402  (as above)
from world import build  # noqa: E402  (as above)
from world_people import Names  # noqa: E402  (as above)
from world_spelling import Spelling  # noqa: E402  (as above)

from matching.linker import Linker  # noqa: E402  (as above)
from schemas.base import Value  # noqa: E402  (as above)
from schemas.registry import DetaineeRecord  # noqa: E402  (as above)
from schemas.tracing import TracingRequest  # noqa: E402  (as above)
from service import logs  # noqa: E402  (as above)
from service.cases import matching_runs  # noqa: E402  (as above)
from service.cases.matching_runs import Cause  # noqa: E402  (as above)
from service.config import Settings  # noqa: E402  (as above)
from service.jobs.worker import Worker  # noqa: E402  (as above)
from service.store import list_counts, organisations, records, requests, source_lists  # noqa: E402  (as above)
from service.store.keys import KeyRing  # noqa: E402  (as above)
from service.store.records import NewRow  # noqa: E402  (as above)
from service.store.sealed import Place  # noqa: E402  (as above)
from service.store.states import ListState, RowStatus, RunKind  # noqa: E402  (as above)
from service.store.tables import (  # noqa: E402  (as above)
    CandidateLinkRow,
    DetaineeRecordRow,
    SourceListRow,
    TracingRequestRow,
)
from service.store.work import Store, Work, open_store  # noqa: E402  (as above)

TOP = 10


@dataclass
class Editions:
    """Both editions; `gone` and `new` are what changed, by record."""

    before: list[DetaineeRecord]
    after: list[DetaineeRecord]
    gone: set[str]
    new: list[DetaineeRecord]


class Watch:
    """Wall and processor seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, dict[str, float]] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        wall, used = time.perf_counter(), _cpu()
        yield
        self.seconds[name] = {
            "wall_s": round(time.perf_counter() - wall, 2), "cpu_s": round(_cpu() - used, 2)
        }  # fmt: skip
        print(name, self.seconds[name], file=sys.stderr, flush=True)

    def share(self, some: Sequence[str], whole: Sequence[str]) -> dict[str, float]:
        def total(stages: Sequence[str], kind: str) -> float:
            return sum(self.seconds[one][kind] for one in stages)

        return {kind: round(total(some, kind) / total(whole, kind), 3) for kind in ("wall_s", "cpu_s")}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def world_of(chosen: argparse.Namespace) -> tuple[list[TracingRequest], list[DetaineeRecord]]:
    spelling = Spelling(chosen.data / "training")
    names = Names(chosen.data / "given_name_groups.tsv", spelling)
    with tempfile.TemporaryDirectory() as folder:
        first = min(chosen.rows, MOST_ROWS)
        data = read(build(Path(folder), chosen.seed, chosen.requests, first, names, spelling))
    while len(data.records) < chosen.rows:
        more = min(chosen.rows - len(data.records), MOST_ROWS)
        data.records += strangers(len(data.records), more, chosen.seed, names, spelling)
    return data.requests, [record for _, record in data.records]


def editions(rows: list[DetaineeRecord], share: float, dice: random.Random) -> Editions:
    touched = dice.sample(range(len(rows)), int(share * len(rows)))
    third = len(touched) // 3
    gone, new = set(touched[:third]), set(touched[third : 2 * third])
    altered = {
        place: rows[place].model_copy(update={"person": dice.choice(rows).person})
        for place in touched[2 * third :]
    }
    return Editions(
        [row for place, row in enumerate(rows) if place not in new],
        [altered.get(place, row) for place, row in enumerate(rows) if place not in gone],
        {rows[place].record_id for place in gone},
        [*(rows[place] for place in sorted(new)), *altered.values()],
    )


def in_library(asked: list[TracingRequest], both: Editions) -> dict[str, Any]:
    """Links are compared number by number."""
    watch, threads, ids = Watch(), os.cpu_count() or 1, [one.request_id for one in asked]
    linker = Linker(both.before)
    linker.hold(asked)
    told = {one: _by_record(linker, links) for one, links in linker.weigh_held(ids, TOP, threads)}
    with watch.stage("change"):
        linker.change(both.gone, both.new, threads=threads)
    stale = linker.stale()
    with watch.stage("weigh_touched"):
        found = dict(linker.weigh_held(stale, TOP, threads))
    told |= {one: _by_record(linker, links) for one, links in found.items()}
    with watch.stage("prepare_all"):
        whole = Linker(both.after, gallery=linker.gallery)
    with watch.stage("weigh_all"):
        everything = list(whole.weigh(asked, TOP, threads))
    other = sum(told[one.request_id] != _by_record(whole, links) for one, links in everything)
    return {
        "stages": watch.seconds, "requests_touched": len(stale), "requests_with_other_links": other,
        "share_of_full_run": watch.share(("change", "weigh_touched"), ("prepare_all", "weigh_all")),
    }  # fmt: skip


def _by_record(linker: Linker, links: Any) -> tuple[Any, ...]:
    ids = [[linker.lines[p].record_id if p >= 0 else "" for p in row] for row in links.position.tolist()]
    return ids, *(np.asarray(one).tolist() for one in links[1:])


def in_service(asked: list[TracingRequest], both: Editions, folder: Path) -> dict[str, Any]:
    """Links are compared as written: weight, rank, probability, evidence as far as it adds up."""
    watch = Watch()
    with _store(folder, "known") as store:
        organisation = _open(store, asked)
        _publish(store, organisation, both.before, "1")
        worker = Worker(store, hold=True)
        with watch.stage("first_edition"):
            _match(store, worker)
        _publish(store, organisation, both.after, "2")
        with watch.stage("new_edition"):
            _match(store, worker)
        told = _told(store)
        with store.read() as work:
            row = list_counts.get(work.session)
            counts = list_counts.value(work, row) if row else None
    if counts is None:
        raise SystemExit("Names are counted at every change here: nothing to measure.")
    with _store(folder, "new") as store:
        organisation = _open(store, asked)
        _publish(store, organisation, both.after, "2")
        with store.begin() as work:
            lists = source_lists.published(work.session)
            list_counts.put(work, lists.state, lists.records, counts)
        with watch.stage("full_run"):
            _match(store, Worker(store))
        whole = _told(store)
    other = sum(told.get(one) != links for one, links in whole.items()) + len(told.keys() - whole.keys())
    return {
        "stages": watch.seconds, "links": len(whole), "links_that_differ": other,
        "share_of_full_run": watch.share(("new_edition",), ("full_run",)),
    }  # fmt: skip


@contextmanager
def _store(folder: Path, name: str) -> Iterator[Store]:
    keys = folder / "keys.json"
    if not keys.exists():
        KeyRing.fresh().save(keys)
    store = open_store(
        Settings(
            environment="development", database_url=f"sqlite:///{folder / name}.db", data_dir=folder,
            key_file=keys, recount_rows=0,
        )
    )  # fmt: skip
    yield store
    store.close()


def _open(store: Store, asked: list[TracingRequest]) -> str:
    """An organisation and its open requests, each under the id that it has."""
    with store.begin() as work:
        home = organisations.add(work.session, "Invented Relief").id
        for one in asked:
            row = TracingRequestRow(
                id=one.request_id, organisation_id=home, code_hash=one.request_id, sealed=b"",
                sealed_contact=b"", received_on=date(2020, 1, 1), expires_on=date(2100, 1, 1),
            )  # fmt: skip
            requests.insert(work, row, one)
            row.matching_allowed = True
    return home


def _publish(store: Store, organisation: str, rows: list[DetaineeRecord], edition: str) -> None:
    """Every list anew, in the place of what is published under its name."""
    by_list: dict[str, list[DetaineeRecord]] = {}
    for row in rows:
        by_list.setdefault(row.list_id, []).append(row)
    with store.begin() as work:
        for old in work.session.exec(select(SourceListRow)).all():
            old.state, old.version = ListState.SUPERSEDED.value, old.version + 1
        work.session.flush()
        for name, members in by_list.items():
            row = SourceListRow(
                organisation_id=organisation, state=ListState.PUBLISHED.value, file_hash=f"{name} {edition}",
                record_count=len(members), sealed=b"",
            )  # fmt: skip
            source_lists.insert(work, row, Value(), b"")
            _insert(work, row, members)


def _insert(work: Work, source: SourceListRow, members: list[DetaineeRecord]) -> None:
    """The first row of a record bears its id; those of later editions have one of their own."""
    there = set(work.session.exec(select(DetaineeRecordRow.id)).all())
    known = [one for one in members if one.record_id in there]
    records.insert_all(work, source, (NewRow(one, one.record_id) for one in known))
    rows = []
    for ordinal, one in enumerate((one for one in members if one.record_id not in there), len(known) + 1):
        place = Place(records.TABLE, "sealed", one.record_id, source.organisation_id)
        rows.append({
            "id": one.record_id, "record_id": one.record_id, "list_id": source.id, "ordinal": ordinal,
            "organisation_id": source.organisation_id, "status": RowStatus.NEW.value,
            "sealed": work.sealer.seal_value(place, one.model_copy(update={"list_id": source.id})),
        })  # fmt: skip
    if rows:
        work.session.connection().execute(insert(DetaineeRecordRow), rows)


def _match(store: Store, worker: Worker) -> None:
    with store.begin() as work:
        matching_runs.enqueue_all(work, Cause(RunKind.LIST))
    while worker.step():
        pass


def _told(store: Store) -> dict[str, tuple[Any, ...]]:
    with store.read() as work:
        rows = work.session.exec(select(CandidateLinkRow).where(col(CandidateLinkRow.current))).all()
        return {
            row.id: (row.rank, row.weight, row.probability, row.band, row.family_id, row.relation)
            for row in rows
        }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--changed", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--library", action="store_true", help="without the service")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    chosen = parser.parse_args()
    logs.set_up("warning", sys.stderr)
    asked, rows = world_of(chosen)
    both = editions(rows, chosen.changed, random.Random(chosen.seed))
    result: dict[str, Any] = {"rows": len(rows), "requests": len(asked), "changed": chosen.changed}
    result["library"] = in_library(asked, both)
    if not chosen.library:
        with tempfile.TemporaryDirectory() as folder:
            result["service"] = in_service(asked, both, Path(folder))
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
