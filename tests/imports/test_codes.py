"""Every code that reading a list can give is described in docs/lists.md."""

import ast
from pathlib import Path

import pytest

from service.imports.headings import meanings

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "lists.md").read_text("utf-8")
CALLS = {"FileRejected", "problem", "Trouble", "_problem", "refuse"}


def codes() -> set[str]:
    """The literal codes handed to refusals, problems and questions anywhere in the package."""
    found = set()
    for path in sorted((ROOT / "service" / "imports").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            literals = [
                a.value for a in node.args[:6] if isinstance(a, ast.Constant) and isinstance(a.value, str)
            ]
            if name in CALLS:
                found |= {text for text in literals if text.islower() and " " not in text}
            found |= {
                k.value.value
                for k in node.keywords
                if k.arg == "code" and isinstance(k.value, ast.Constant) and isinstance(k.value.value, str)
            }
    return found


def test_there_are_codes_to_check() -> None:
    assert len(codes()) > 30


@pytest.mark.parametrize("code", sorted(codes()))
def test_each_code_is_described(code: str) -> None:
    assert f"`{code}`" in PAGE


@pytest.mark.parametrize("meaning", sorted(meanings()))
def test_each_meaning_is_described(meaning: str) -> None:
    assert f"`{meaning}`" in PAGE
