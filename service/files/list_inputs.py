"""The lists named on the command line, each with what the operator says of it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from service.errors import Unprocessable
from service.imports import ReadOptions


@dataclass(frozen=True)
class ListInput:
    """One list file; `label` is its name in the output: the file name, or the path as given when two
    lists share a file name."""

    path: Path
    label: str
    options: ReadOptions


@dataclass(frozen=True)
class Sayings:
    """What was said of single lists as `FILE=VALUE`; FILE is the path as given or the file name."""

    dates: Sequence[str] = ()
    encodings: Sequence[str] = ()
    mappings: Sequence[str] = ()


def list_inputs(paths: Sequence[Path], sayings: Sayings) -> tuple[ListInput, ...]:
    """The lists in their order. Raises `Unprocessable` (`list_twice`, `list_date_unreadable`,
    `mapping_unreadable`, `list_not_named`)."""
    resolved = Counter(path.resolve() for path in paths)
    if max(resolved.values()) > 1:
        raise Unprocessable("list_twice", "One list file is given twice; give each list once.")
    names = Counter(path.name for path in paths)
    dates = _by_path(sayings.dates, paths, "--list-date")
    encodings = _by_path(sayings.encodings, paths, "--list-encoding")
    mappings = _by_path(sayings.mappings, paths, "--mapping")
    return tuple(
        ListInput(
            path=path,
            label=path.name if names[path.name] == 1 else str(path),
            options=ReadOptions(
                list_id=f"list-{number}",
                list_date=_date(dates[path]) if path in dates else None,
                encoding=encodings.get(path, ""),
                mapping=_mapping(Path(mappings[path])) if path in mappings else {},
            ),
        )
        for number, path in enumerate(paths, start=1)
    )


def _by_path(pairs: Sequence[str], paths: Sequence[Path], option: str) -> dict[Path, str]:
    found: dict[Path, str] = {}
    for pair in pairs:
        name, _, value = pair.rpartition("=")
        meant = [path for path in paths if name in (str(path), path.name)]
        if len(meant) != 1 or not value:
            raise Unprocessable(
                "list_not_named", f"{option} wants FILE=VALUE, FILE being exactly one of the given lists."
            )
        found[meant[0]] = value
    return found


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Unprocessable("list_date_unreadable", "A list date is written YYYY-MM-DD.") from error


def _mapping(path: Path) -> Mapping[str, str]:
    """A JSON object: heading of the list -> meaning."""
    try:
        mapping = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise Unprocessable(
            "mapping_unreadable", f"The mapping file {path.name} cannot be read as JSON."
        ) from error
    if not isinstance(mapping, dict) or not all(isinstance(value, str) for value in mapping.values()):
        raise Unprocessable(
            "mapping_unreadable", f"The mapping file {path.name} must hold one object: heading -> meaning."
        )
    return mapping
