"""The page about linking files names every column, option and problem code."""

import re
from pathlib import Path

from service.files import columns, links_csv

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "link-files.md").read_text("utf-8")
SOURCES = [*(ROOT / "service" / "files").glob("*.py"), ROOT / "service" / "cli" / "link.py"]
_RAISED = re.compile(
    r'(?:Rejected|RowLost|Unprocessable|HomewardError|ListUnusable|report)\(\s*(f?)"([^"]+)"'
)


def _codes() -> set[str]:
    """Every literal problem code; `{column}_missing` stands for that of each column."""
    found: set[str] = set()
    for source in SOURCES:
        for is_template, code in _RAISED.findall(source.read_text("utf-8")):
            found.add(code.replace("{column}", "") if is_template else code)
    return found


def test_every_column_is_described() -> None:
    missing = [name for name in (*columns.COLUMNS, *links_csv.COLUMNS) if f"`{name}`" not in PAGE]
    assert not missing


def test_every_problem_code_is_described() -> None:
    codes = _codes()
    assert len(codes) > 20  # the pattern still finds them
    said = re.findall(r"`([a-z_]+)`", PAGE)
    missing = [code for code in codes if not any(word.endswith(code) for word in said)]
    assert not missing


def test_every_option_of_a_list_is_described() -> None:
    options = set(re.findall(r'"(--[a-z-]+)"', (ROOT / "service/files/list_inputs.py").read_text("utf-8")))
    assert options == {"--list-date", "--list-encoding", "--mapping"}
    assert not [option for option in options if option not in PAGE]
