"""Every text that staff can be shown, collected from templates and code into the catalogues of `staff`.

Three sources: what `_`, `n_`, `ngettext` and `marked` hold; the codes of the schemas, as `spoken` shows
them; and whole sentences in the code, where `{1}`, `{2}` stand for what is filled in.
"""

import ast
import importlib
import pkgutil
import re
from enum import StrEnum
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from matching.names.tables import rows
from matching.weights import Policy
from service.imports.headings import meanings

ROOT = Path(__file__).resolve().parents[1]
LOCALES = ROOT / "service" / "pages" / "locales"
LANGUAGES = ("ru", "ar")
KEYWORDS = {"_": None, "marked": None, "gettext": None, "n_": (1, 2), "ngettext": (1, 2)}
TEMPLATES = ("service/pages/templates/staff", "service/pages/templates/print")
CODED = (
    "schemas",
    "service.store.states",
    "service.security.actors",
    "service.cases.explain",
    "matching.names.partwise",
)
# codes that no enumeration holds: why a row is no person, where a list's date comes from, what was computed,
# what an audit row is about, what a figure counts
LOOSE = (
    "title",
    "header",
    "repeated_header",
    "total",
    "footer",
    "number_only",
    "section",
    "count_of_row_above",
    "aligned",
    "share",
    "record",
    "expected_bits",
    "own",
    "enquirer",
    "case",
    "list",
    "page_of_list",
    *("file_name", "births_and_ages", "latest_date", "household_before", "adult"),
    *("account", "api_key", "candidate_link", "export_order", "matching_run", "organisation"),
    *("source_list", "tracing_request"),
    *("first", "second", "agreement", "decided", "share_recommended", "recall"),
)
# what the matcher puts together from pieces
PIECES = (
    *(
        "boy",
        "boys",
        "girl",
        "girls",
        "man",
        "men",
        "woman",
        "women",
        "person",
        "people",
        "has",
        "have",
    ),
    "No {1} on these lists {2} such a given name{3}.",
    *("year of birth", "home town or region", "kunya, the name she or he is called by after a child"),
    *(" and an age within two years", "; no age was given", "the request", "the list"),
    *(
        "at most {1}",
        "at least {1}",
        "Also in this household: {1}.",
        "The kunya is the name of a sought child ({1})",
        "no part of the two names agrees",
    ),
    "The kunya is the name of a sought child ({1})",
    *("only on the left: {1}", "only on the right: {1}", "{1} others sought", "{1} of them found"),
    *("not in the household", "{1} sought", "{1} further children", "{1} counted"),
    "the family may not know the name in use now",
    "it stands where another part of the name is expected (swapped)",
    "it is written in one word with another name",
    "it is the surname of the mother, a brother or a sister",
    "the family wrote it where it named the children's mother",
    "the family wrote it with a brother or sister of the same surname",
)
CLAUSES = ("matching/names/partwise.py",)
SENTENCES = ("service", "matching")
# commands speak English to operators; the public pages have catalogues of their own
NOT_SHOWN = (
    "service/api",
    "service/cli",
    "service/config.py",
    "service/demo",
    "service/files",
    "service/jobs",
    "service/pages/public",
    "matching/training",
)
# but what any page may answer
SHOWN = ("service/api/problems.py",)
SENTENCE = re.compile(r"(?:[A-Z“]|\{1\}).* .*[.?!]", re.DOTALL)


def collected():
    """The catalogue of today's texts, in English, with where each stands."""
    found = Catalog(project="Homeward", domain="staff", charset="utf-8")
    for text, place in sorted(
        [*_of_calls(), *_of_codes(), *_of_pieces(), *_of_sentences()], key=lambda one: (one[1], str(one[0]))
    ):
        found.add(text, locations=[(place, 0)])
    return found


def _of_calls():
    options = {"**.html": {"encoding": "utf-8"}}
    for folder in TEMPLATES:
        for name, _line, text, _comments, _context in extract_from_dir(
            ROOT / folder, [("**.html", "jinja2")], options, KEYWORDS
        ):
            yield text, f"{folder}/{name}"
    for name, _line, text, _comments, _context in extract_from_dir(
        ROOT / "service", [("**.py", "python")], {}, KEYWORDS
    ):
        yield text, f"service/{name}"


def _of_codes():
    for module in _modules():
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, StrEnum) and kind.__module__ == module.__name__:
                for one in kind:
                    yield _spoken(one.value), f"codes/{kind.__name__}"
    for meaning in meanings():
        yield _spoken(meaning), "codes/columns"
    for code in LOOSE:
        yield _spoken(code), "codes"
    yield from _of_tables()
    for path in sorted((ROOT / "matching").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "row":
                for part in node.args[:2]:
                    if isinstance(part, ast.Constant):
                        yield _spoken(part.value), "codes/evidence"


def _of_tables():
    """Levels that the policy has weights for, names of origins, why two names are confused."""
    policy = Policy()
    for weights in (policy.children, policy.household_role, policy.language, policy.sex):
        for level in weights:
            yield _spoken(level), "codes/evidence"
    for line in rows("origins.tsv"):
        yield f"Both are called {line['value']}.", "codes/origins"
    for line in rows("weak_links.tsv"):
        yield line["reason"], "codes/confusions"


def _spoken(code):
    return code.replace("_", " ")


def _modules():
    for name in CODED:
        module = importlib.import_module(name)
        yield module
        for inner in pkgutil.walk_packages(getattr(module, "__path__", []), f"{name}."):
            yield importlib.import_module(inner.name)


def _of_sentences():
    for folder in SENTENCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            if place in SHOWN or not place.startswith(NOT_SHOWN):
                for text in _sentences(ast.parse(path.read_text(encoding="utf-8"))):
                    yield text, place


def _of_pieces():
    for text in PIECES:
        yield text, "pieces"
    for name in CLAUSES:
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
            text = _text(node) if isinstance(node, ast.JoinedStr) else ""
            if re.match("[a-z ]{8}", text):
                yield text, name


def _sentences(tree):
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if id(node) not in alone | inner:
            text = _text(node).strip()
            if text and SENTENCE.fullmatch(text) and "%(" not in text:
                yield text


def _text(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    text, places = "", 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            text += part.value
        else:
            places += 1
            text += f"{{{places}}}"
    return text


def renew(epoch):
    """Writes each catalogue with today's texts, keeps what is translated, compiles it; a line for each."""
    template = collected()
    for language in LANGUAGES:
        path = LOCALES / language / "LC_MESSAGES" / "staff.po"
        if path.exists():
            with path.open("rb") as file:
                catalogue = read_po(file, locale=language, domain="staff")
        else:
            catalogue = Catalog(locale=language, project="Homeward", domain="staff", fuzzy=False)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.creation_date = catalogue.revision_date = epoch
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, include_lineno=False, omit_header=False)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
        missing = [message.id for message in catalogue if message.id and not _said(message)]
        yield f"staff {language}: {len(template) - len(missing)} of {len(template)} texts"


def _said(message):
    said = message.string
    return all(said) if isinstance(said, (tuple, list)) else bool(said)
