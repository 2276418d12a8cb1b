"""Who reads the audit log reads words: every act that the code records has some."""

import ast
import re
from pathlib import Path

import service
from service.pages.staff.acts import ACTS

KINDS = "account|api_key|export|link|list|lists|messages|pair|picture|pictures|queue|request|run|session"
ACT = re.compile(rf"({KINDS})\.[a-z_]+")
NO_ACTS = {"account.id", "request.file", "run.start"}  # a column, and the scopes of two keys


def recorded() -> set[str]:
    """Every act that is written out in the code which records; the moves of a link are an enumeration."""
    found = set()
    tree = Path(service.__file__).parent
    for path in sorted(tree.rglob("*.py")):
        if path.is_relative_to(tree / "pages"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and ACT.fullmatch(node.value):
                found.add(node.value)
    return found - NO_ACTS


def test_every_act_has_its_words() -> None:
    """And no words stand for an act that nobody records."""
    acts = recorded()
    assert len(acts) > 50
    assert acts - set(ACTS) == set()
    composed = {act for act in ACTS if act.startswith(("link.", "export."))}
    assert set(ACTS) - acts - composed == set()
