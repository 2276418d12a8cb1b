"""What two reviewers find on their desks: an invented world, imported, filed and matched, with its truth."""

import json
from pathlib import Path

from families import read
from office import Office, asked
from world import World, build
from world_layouts import FILES
from world_people import Names
from world_rows import DATES
from world_spelling import Spelling

from schemas.link import Band
from service.store import links, records
from service.store.work import Store

STAFF = {
    "first-reader": "reviewer",
    "second-reader": "second_reviewer",
    "delivers-lists": "importer",
    "enters-requests": "intake",
    "protects-children": "child_protection_lead",
}
CONSENT = {"purpose": "matching", "recipient": "homeward", "given": True}
_OF_BODY = {"enquirer", "sought", "relationships", "language", "message", "unnamed_children"}


def world_of(folder: Path, seed: int, requests: int, rows: int, data: Path) -> World:
    spelling = Spelling(data / "training")
    return build(folder, seed, requests, rows, Names(data / "given_name_groups.tsv", spelling), spelling)


def filled(office: Office, store: Store, world: World) -> dict[str, bool]:
    """Lists uploaded and committed, requests entered, all matched by the worker.

    Each link worth a review, and whether it joins a sought person to a row of that very person.
    """
    importer, intake = office.sign_in("delivers-lists"), office.sign_in("enters-requests")
    files = {}
    for letter, name in FILES.items():
        reading = json.dumps({"list_date": str(DATES[letter])})
        files[office.publish(importer, name, (world.folder / name).read_bytes(), reading)] = name
    people: dict[tuple[str, str], str] = {}
    keys = {one.person_id: one.key for one in world.asked}
    for request in read(world).requests:
        body = request.model_dump(mode="json", include=_OF_BODY) | {"consents": [CONSENT]}
        filed = asked(intake.post("/api/v1/requests", json=body), 201)["request_id"]
        people |= {(filed, one.person_id): keys[one.person_id] for one in request.sought}
    office.match(office.sign_in("first-reader"))
    return _truth(store, world, files, people)


def _truth(
    store: Store, world: World, files: dict[str, str], people: dict[tuple[str, str], str]
) -> dict[str, bool]:
    found = {}
    with store.read() as work:
        for request_id in {filed for filed, _ in people}:
            for row in links.of_request(work.session, request_id):
                record_row = records.newest(work.session, row.record_id)
                if record_row is None or row.band == Band.DO_NOT_SHOW.value:
                    continue
                record = records.value(work, record_row)
                truth = world.truth.get(people[request_id, row.person_id])
                places = (truth.counted if record.placeholder else truth.rows) if truth else set()
                found[row.id] = (files[record_row.list_id], record.row) in places
    return found
