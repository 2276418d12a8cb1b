"""What a decision takes two reviewers who have only a keyboard, and what the second one sees: JSON.

    python bench/review_keys.py [--links 40] [--seed 1] [--requests 14] [--rows 600] [--database URL]
                                [--data ../shared/data] [--watch]

A real server and worker on a store of its own (SQLite in a temporary directory, or an empty database at
`--database`); an invented world, imported, filed and matched; two reviewers in a real Chromium. The first
claims, recommends, asks or rejects by the truth and the seed, records evidence for some and writes a note
for others; the second gives an own opinion on what was recommended. `--watch` tells each act.
"""

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import numpy as np  # noqa: E402  (the path above comes first)
from office import PASSWORD, Office, hire, new_store  # noqa: E402  (as above)
from playwright.sync_api import Browser, sync_playwright  # noqa: E402  (as above)
from review_hands import Hands, Spent, browser_of  # noqa: E402  (as above)
from review_office import STAFF, filled, world_of  # noqa: E402  (as above)

from schemas.review import LinkState  # noqa: E402  (as above)
from service.store import links  # noqa: E402  (as above)
from service.store.work import Store  # noqa: E402  (as above)

FIRST, SECOND, LEAD = "first-reader", "second-reader", "protects-children"
REJECTIONS = ("other_person", "other_person", "mother_differs", "age_impossible", "household_contradicts")
EVIDENCE = ("document", "mother_statement", "mutual_recognition", "sealed_answer", "witness")
WHY = {
    "recommend": "The mother and the year of birth agree",
    "ask": "Please describe the grandmother on the mother's side",
    "reject": "The mother bears another name",
    "verify": "Birth certificate seen at the office",
    "disagree": "The row is of another family",
    "note": "The handwriting is known from another list",
}
_VERIFY = "form:has(input[name=move][value=verify])"
_CONFIRM = "form:has(input[name=move][value=confirm])"
WAITS = (LinkState.PLAUSIBLE.value, LinkState.VERIFIED_BY_EVIDENCE.value)


@dataclass
class Figures:
    """What each act took, by kind; getting from the home page to links stands apart."""

    acts: list[tuple[str, Spent]] = field(default_factory=list)
    ways: list[Spent] = field(default_factory=list)

    def printed(self) -> dict[str, Any]:
        kinds = sorted({kind for kind, _ in self.acts})
        of = {kind: _spread(spent for one, spent in self.acts if one == kind) for kind in kinds}
        decisions = [spent for kind, spent in self.acts if kind != "note"]
        everything = [*(spent for _, spent in self.acts), *self.ways]
        return {
            "all_decisions": _spread(decisions),
            "by_kind": of,
            "ways_between": {"times": len(self.ways), "keys": sum(way.keys for way in self.ways),
                             "loads": sum(way.loads for way in self.ways)},
            "whole_work_per_decision": {
                "keys": round(sum(one.keys for one in everything) / max(1, len(decisions)), 1),
                "loads": round(sum(one.loads for one in everything) / max(1, len(decisions)), 2),
            },
        }  # fmt: skip


def _spread(spent: Iterable[Spent]) -> dict[str, Any]:
    found = list(spent)
    told: dict[str, Any] = {"times": len(found)}
    for name in ("keys", "text", "loads"):
        numbers = [getattr(one, name) for one in found] or [0]
        for p in (50, 90):
            told[f"{name}_p{p}"] = int(np.percentile(numbers, p, method="higher"))
    return told


class Reviewer:
    """One person at one browser."""

    def __init__(self, browser: Browser, office: Office, login: str, watch: bool) -> None:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=office.address)
        context.set_default_timeout(30_000)
        self.page = context.new_page()
        self.login, self.watch = login, watch
        self.figures = Figures()
        self.page.goto("/staff/sign-in")
        self.hands = Hands(self.page, self.see)
        self.hands.tab_to("#login")
        self.hands.write(login)
        self.hands.tab_to("#password")
        self.hands.write(PASSWORD)
        with self.hands.loading():
            self.hands.press("Enter")

    def see(self, address: str, html: str) -> None:
        """Every page that was loaded."""

    @property
    def link(self) -> str:
        """The link whose page is open, or nothing."""
        path = self.page.url.split("?")[0].split("#")[0]
        return path.rsplit("/", 1)[1] if "/staff/links/" in path else path.partition("/links/")[2]

    def counted(self, kind: str, before: Spent) -> None:
        spent = self.hands.spent.since(before)
        self.figures.acts.append((kind, spent))
        if self.watch:
            print(f"{self.login}: {kind} {spent}", file=sys.stderr)

    def go_on(self) -> bool:
        """To a link that waits, from wherever the page is. False when there is none."""
        before = self.hands.spent
        if not self.hands.there("a[data-key=n]"):
            self.hands.follow("a[data-key=q]")
        if not self.hands.there("a[data-key=n]"):
            return False
        self.hands.follow("a[data-key=n]")
        self.figures.ways.append(self.hands.spent.since(before))
        if self.watch:
            print(f"{self.login}: way {self.figures.ways[-1]}", file=sys.stderr)
        return True


class First(Reviewer):
    """Works through the queue from the top."""

    marks: dict[str, str]

    def work(self, truth: dict[str, bool], wanted: int, seed: int) -> dict[str, str]:
        """Link -> what was done with it. `marks` keeps the word that stands in reason and note of each."""
        done: dict[str, str] = {}
        self.marks = {}
        while len(done) < wanted:
            seen = self.link in done or self.link not in truth
            if seen and (not self.go_on() or self.link in done):
                raise RuntimeError(f"the queue ended after {len(done)} links; ask for a larger world")
            dice = random.Random(f"{seed} {len(done)}")
            mark = "".join(dice.choices("bdfgklmnprstvz", k=12))
            link = self.link
            done[link] = self._decide(truth[link], mark, dice)
        return done

    def _decide(self, true: bool, mark: str, dice: random.Random) -> str:
        shares = (0.8, 0.12, 0.08) if true else (0.12, 0.1, 0.78)
        move = dice.choices(("recommend", "ask", "reject"), shares)[0]
        proved, noted, told = dice.random() < 0.4, dice.random() < 0.2, dice.random() < 0.6
        code, kind = dice.choice(REJECTIONS), dice.choice(EVIDENCE)
        if noted or told or move == "ask":
            self.marks[self.link] = mark
        if noted:
            self._note(mark)
        before = self.hands.spent
        boxes = {"reason_code": code} if move == "reject" else {}
        reason = f"{WHY[move]} {mark}" if told or move == "ask" else ""
        proved = proved and move == "recommend"
        refused = self.hands.judge(move, boxes, reason, on_with=not proved)
        if refused and move == "recommend":  # names alone: a piece of evidence is asked for
            refused = self.hands.judge(move, {"evidence_type": kind}, on_with=not proved)
        proved = proved and self.hands.there(_VERIFY)  # a contested child is frozen until the lead decides
        if not refused and proved:
            refused = self.hands.judge("verify", {"evidence_type": kind}, WHY["verify"])
        if refused:
            raise RuntimeError(f"{move}: {refused}")
        kind_of = f"{move}_and_evidence" if proved else move
        self.counted(kind_of, before)
        return kind_of

    def _note(self, mark: str) -> None:
        before = self.hands.spent
        self.hands.press("m")
        self.hands.write(f"{WHY['note']} {mark}")
        with self.hands.loading():
            self.hands.press("Control+Enter")
        self.counted("note", before)


class Second(Reviewer):
    """Gives an own opinion; every page is searched for what the first reviewer said."""

    marks: dict[str, str]

    def __init__(self, browser: Browser, office: Office, marks: dict[str, str], watch: bool) -> None:
        self.marks, self.voted = marks, set[str]()
        self.pages = 0
        self.traces: Counter[str] = Counter()
        super().__init__(browser, office, SECOND, watch)

    def see(self, address: str, html: str) -> None:
        """Before the own vote nothing of the first one's; after it, on that link's page, all of it."""
        self.pages += 1
        at = address.split("?")[0].rsplit("/", 1)[1].partition("#")[0]
        if FIRST in html and at not in self.voted:
            self.traces["name"] += 1
        owed = [mark for link, mark in self.marks.items() if link not in self.voted]
        self.traces["words"] += any(mark in html for mark in owed)

    def work(self, waiting: set[str], truth: dict[str, bool], seed: int) -> dict[str, str]:
        done: dict[str, str] = {}
        while waiting - set(done):
            if self.link in waiting and self.link not in done:
                dice = random.Random(f"{seed} second {len(done)}")
                link = self.link
                done[link] = self._decide(truth[link], dice)
            elif not self.go_on():
                raise RuntimeError(f"{len(waiting - set(done))} recommended links wait for nobody")
        return done

    def _decide(self, true: bool, dice: random.Random) -> str:
        before, link = self.hands.spent, self.link
        agrees, kind = dice.random() < (0.9 if true else 0.2), dice.choice(EVIDENCE)
        proves = agrees and not self.hands.there(_CONFIRM)
        refused = ""
        if proves:
            refused = self.hands.judge("verify", {"evidence_type": kind}, WHY["verify"], on_with=False)
        if agrees and not self.hands.there(_CONFIRM):
            agrees = False  # another row of this person is confirmed already: the lead decides
        told = "confirm" if agrees else "disagree"
        self.voted.add(link)  # the page that this vote brings may show it
        refused = refused or self.hands.judge(told, {}, "" if agrees else WHY["disagree"])
        if refused:
            raise RuntimeError(f"{told}: {refused}")
        kind_of = f"evidence_and_{told}" if proves else told
        self.counted(kind_of, before)
        return told


def lift_freezes(office: Office, store: Store, waiting: set[str]) -> int:
    """The child-protection lead lets contested children be reviewed; how many links that were."""
    lead, lifted = office.sign_in(LEAD), 0
    for link in sorted(waiting):
        with store.read() as work:
            row = links.get(work.session, link)
        if row is None or not row.contested:
            continue
        read = {"If-Match": f'"{row.version}"'}
        answer = lead.post(f"/api/v1/links/{link}/judgements", json={"move": "release"}, headers=read)
        lifted += answer.status_code == 201
    return lifted


def as_meant(store: Store, first: dict[str, str], second: dict[str, str]) -> int:
    """How many of the links stand where the two reviewers meant to leave them."""
    meant = {"ask": LinkState.NEEDS_INFORMATION, "reject": LinkState.REJECTED}
    right = 0
    with store.read() as work:
        for link, move in first.items():
            row = links.get(work.session, link)
            state = LinkState(row.state) if row else None
            if link not in second:
                right += state is meant.get(move)
            elif second[link] == "confirm":
                right += state is LinkState.CONFIRMED
            else:
                right += state is not None and state.value in WAITS
    return right


def seen_afterwards(office: Office, marks: dict[str, str], voted: set[str]) -> dict[str, int]:
    """Once voted, the second reviewer reads the first one's name: the search above can find what is there."""
    client, told = office.sign_in(SECOND), voted & set(marks)
    pages = {link: client.get(f"/staff/links/{link}").text for link in voted}
    return {
        "links_voted_on": len(pages),
        "show_the_name": sum(FIRST in page for page in pages.values()),
        "links_with_words": len(told),
        "show_the_words": sum(marks[link] in pages[link] for link in told),
    }


def measured(office: Office, store: Store, chosen: argparse.Namespace, folder: Path) -> dict[str, Any]:
    world = world_of(folder / "world", chosen.seed, chosen.requests, chosen.rows, chosen.data)
    print("importing and matching", file=sys.stderr)
    truth = filled(office, store, world)
    print(f"{len(truth)} links worth a review, {sum(truth.values())} of them true", file=sys.stderr)
    with sync_playwright() as playwright:
        browser = browser_of(playwright)
        first = First(browser, office, FIRST, chosen.watch)
        decided = first.work(truth, chosen.links, chosen.seed)
        recommended = {link for link, move in decided.items() if move.startswith("recommend")}
        lifted = lift_freezes(office, store, recommended)
        second = Second(browser, office, first.marks, chosen.watch)
        opinions = second.work(recommended, truth, chosen.seed)
        browser.close()
    both = Figures([*first.figures.acts, *second.figures.acts], [*first.figures.ways, *second.figures.ways])
    return {
        "database": "postgresql" if chosen.database else "sqlite",
        "seed": chosen.seed,
        "links_worth_a_review": len(truth),
        "decided": {"first": dict(Counter(decided.values())), "second": dict(Counter(opinions.values()))},
        "freezes_lifted_by_the_lead": lifted,
        "links_as_meant": f"{as_meant(store, decided, opinions)} of {len(decided)}",
        "both": both.printed(),
        "first": first.figures.printed(),
        "second": second.figures.printed(),
        "before_the_second_opinion": {
            "pages_searched": second.pages,
            "pages_with_the_first_name": second.traces["name"],
            "pages_with_the_first_words": second.traces["words"],
        },
        "after_it": seen_afterwards(office, first.marks, set(opinions)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--links", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--requests", type=int, default=14)
    parser.add_argument("--rows", type=int, default=600)
    parser.add_argument("--database", default="")
    parser.add_argument("--watch", action="store_true")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with new_store(folder, chosen.database) as store:
            hire(store, STAFF)
            with Office() as office:
                print(json.dumps(measured(office, store, chosen, folder), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
