"""The documentation is complete where it claims to be: fields, codes, states, roles, dependencies."""

import importlib
import pkgutil
import re
import tomllib
from enum import StrEnum
from pathlib import Path

import pytest
from pydantic import BaseModel

import schemas
from schemas.review import LinkState, Move
from service.security.actors import Role

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def shared_classes(base: type) -> list[type]:
    """Every class of schemas/ under `base`."""
    found = [
        thing
        for module in pkgutil.iter_modules(schemas.__path__, "schemas.")
        for thing in vars(importlib.import_module(module.name)).values()
        if isinstance(thing, type) and issubclass(thing, base) and thing.__module__ == module.name
    ]
    return [thing for thing in found if thing.__name__ != "Value"]


@pytest.mark.parametrize("model", shared_classes(BaseModel), ids=lambda model: str(model.__name__))
def test_the_data_dictionary_names_every_field(model: type[BaseModel]) -> None:
    """Each value has a section, and each of its fields a row there."""
    section = re.search(
        rf"^### {model.__name__}$(.*?)(?=^##)", page("data-dictionary.md"), re.MULTILINE | re.DOTALL
    )
    assert section, f"{model.__name__} has no section"
    missing = [name for name in model.model_fields if f"| `{name}` |" not in section.group(1)]
    assert not missing


@pytest.mark.parametrize("codes", shared_classes(StrEnum), ids=lambda codes: str(codes.__name__))
def test_the_data_dictionary_names_every_code(codes: type[StrEnum]) -> None:
    """Each vocabulary has a row that lists exactly its codes."""
    row = re.search(rf"^\| {codes.__name__} \|.*\| (.*) \|$", page("data-dictionary.md"), re.MULTILINE)
    assert row, f"{codes.__name__} has no row"
    assert re.findall(r"`([^`]+)`", row.group(1)) == [code.value for code in codes]


def test_the_workflow_names_every_state_move_and_role() -> None:
    """A reviewer finds each word of the screen in the manual."""
    text = page("workflow.md")
    missing = [code for code in (*LinkState, *Move) if f"`{code}`" not in text]
    missing += [role.value for role in Role if role.value.replace("_", " ") not in text.replace("-", " ")]
    assert not missing


def test_every_direct_dependency_has_its_reason() -> None:
    """docs/dependencies.md has a row for each, with a version that is locked."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lock = (ROOT / "requirements-dev.txt").read_text("utf-8")
    pins = set(re.findall(r"^([a-z0-9-]+)==([^ \\;]+)", lock, re.MULTILINE))
    text = page("dependencies.md")
    wrong = []
    for line in project["dependencies"] + project["optional-dependencies"]["dev"]:
        name = re.split(r"[\[><=~]", line)[0]
        row = re.search(rf"^\| {name} \| ([^ ]+) \|", text, re.MULTILINE)
        if not row or (name, row.group(1)) not in pins:
            wrong.append(name)
    assert not wrong, "missing or outdated in docs/dependencies.md: " + ", ".join(wrong)
