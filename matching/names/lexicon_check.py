"""Looks for contradictions in the name tables, so that no correction can break them unseen."""

from collections import Counter, defaultdict

from matching.names.lexicon import CLASS_SHARE
from matching.names.script import fold, letter_script
from matching.names.tables import rows, spellings
from schemas.vocabulary import Script

_COLUMNS = {
    "cyrillic": Script.CYRILLIC,
    "arabic": Script.ARABIC,
    "latin": Script.LATIN,
    "short_forms": Script.CYRILLIC,
}


def contradictions(
    groups: list[dict[str, str]] | None = None, links: list[dict[str, str]] | None = None
) -> list[str]:
    """Sentences about what contradicts itself in the tables (or the given rows); empty when sound."""
    groups = list(rows("name_groups.tsv")) if groups is None else groups
    links = list(rows("weak_links.tsv")) if links is None else links
    return [*_identifiers(groups), *_scripts(groups), *_shared(groups), *_links(groups, links)]


def _identifiers(groups: list[dict[str, str]]) -> list[str]:
    found = []
    for column in ("id", "name"):
        counts = Counter(group[column] for group in groups)
        found += [f"{column} {value} stands in {count} rows" for value, count in counts.items() if count > 1]
    for group in groups:
        if group["sex"] not in ("m", "f", "b"):
            found.append(f"{group['id']}: sex has to be m, f or b")
        if not group["frequency"].isdigit() or int(group["frequency"]) not in CLASS_SHARE:
            found.append(f"{group['id']}: frequency has to be 1 to 5")
        if not any(group[column] for column in ("cyrillic", "arabic", "latin")):
            found.append(f"{group['id']}: no spelling")
    return found


def _scripts(groups: list[dict[str, str]]) -> list[str]:
    found = []
    for group in groups:
        for column, script in _COLUMNS.items():
            for form in spellings(group[column]):
                letters = {letter_script(letter) for letter in form} - {Script.NONE}
                if letters != {script}:
                    found.append(f"{group['id']}: {form} in column {column} is not {script.value}")
                if not fold(form):
                    found.append(f"{group['id']}: {form} has no letters")
    return found


def _shared(groups: list[dict[str, str]]) -> list[str]:
    """A spelling in two groups has to be marked ambiguous in both, and a mark needs a second group."""
    holders: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for column in _COLUMNS:
            for form in spellings(group[column]):
                holders[fold(form).replace(" ", "")].add(group["id"])
    found = []
    for group in groups:
        marked = {fold(form).replace(" ", "") for form in spellings(group["ambiguous"])}
        for column in _COLUMNS:
            for form in spellings(group[column]):
                key = fold(form).replace(" ", "")
                if len(holders[key]) > 1 and key not in marked:
                    others = ", ".join(sorted(holders[key] - {group["id"]}))
                    found.append(f"{group['id']}: {form} stands in {others} too and is not marked ambiguous")
        found += [
            f"{group['id']}: {key} is marked ambiguous but not shared"
            for key in marked
            if len(holders[key]) < 2
        ]
    return found


def _links(groups: list[dict[str, str]], links: list[dict[str, str]]) -> list[str]:
    known = {group["id"] for group in groups}
    found = []
    for link in links:
        ends = (link["group_a"], link["group_b"])
        found += [f"weak link names the unknown group {end}" for end in ends if end not in known]
        if ends[0] == ends[1]:
            found.append(f"weak link of {ends[0]} with itself")
        if not link["reason"]:
            found.append(f"weak link {ends[0]} - {ends[1]} gives no reason")
    pairs = Counter(frozenset((link["group_a"], link["group_b"])) for link in links)
    found += [
        f"weak link {' - '.join(sorted(pair))} stands twice" for pair, count in pairs.items() if count > 1
    ]
    return found
