"""The layers, the sizes and the words of the tree are what docs/architecture.md says.

Everything here is read from the files: no module is imported but the settings, whose fields are
compared with their documentation.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
# A longer file or function needs its reason here: path, or path::function -> reason.
LONGER_FOR_A_REASON: dict[str, str] = {}
# Migrations list every table once, in order; they are generated, and never changed after a release.
MIGRATIONS = "service/store/migrations/versions/"

# What each layer may import beside the standard library.
MAY_IMPORT = {
    "schemas": {"schemas", "pydantic"},
    "matching": {"matching", "schemas", "pydantic", "numba", "numpy", "scipy", "rapidfuzz", "jellyfish"},
}
# Parts of the standard library that reach outside a value: clock, environment, network, other processes.
OUTSIDE_WORLD = {
    "asyncio", "ftplib", "http", "multiprocessing", "os", "platform", "random", "secrets", "smtplib",
    "socket", "sqlite3", "ssl", "subprocess", "tempfile", "time", "urllib", "uuid",
}  # fmt: skip
TRAINING = "training"  # programs that made the tables in matching/models/; they draw seeded random numbers
CLOCK_CALLS = {"now", "today", "utcnow", "time", "monotonic", "getenv"}


def python_files(*packages: str) -> list[Path]:
    """Every Python file of the given packages."""
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of each module imported anywhere in the file, inside functions too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{where(path, node.lineno)}: relative imports hide the layer"
            yield node.lineno, node.module or ""


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_imports_point_left_only(layer: str) -> None:
    """schemas <- matching <- service: a layer knows itself, the layers left of it and its few libraries."""
    wrong = [
        f"{where(path, line)} imports {name}"
        for path in python_files(layer)
        for line, name in imports(path)
        if (top := name.partition(".")[0]) not in MAY_IMPORT[layer] and top not in sys.stdlib_module_names
    ]
    assert not wrong, "\n".join(wrong)


def test_the_service_does_not_lean_on_tests_or_benchmarks() -> None:
    """What is shipped works without what is not."""
    wrong = [
        f"{where(path, line)} imports {name}"
        for path in python_files("service")
        for line, name in imports(path)
        if name.partition(".")[0] in {"tests", "bench"}
    ]
    assert not wrong, "\n".join(wrong)


def test_the_matcher_knows_no_clock_environment_or_network() -> None:
    """Values in, values out: the same records and the same request give the same links anywhere, any day."""
    layers = [path for path in python_files("matching", "schemas") if TRAINING not in path.parts]
    wrong = [
        f"{where(path, line)} imports {name}"
        for path in layers
        for line, name in imports(path)
        if name.partition(".")[0] in OUTSIDE_WORLD
    ]
    wrong += [
        f"{where(path, node.lineno)} calls {node.func.attr}()"
        for path in layers
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK_CALLS
    ]
    assert not wrong, "\n".join(wrong)


def test_matching_does_not_need_its_training() -> None:
    """What made the tables under matching/models/ is kept, can be run again, and is not part of matching."""
    wrong = [
        f"{where(path, line)} imports {name}"
        for path in python_files("matching", "service")
        if TRAINING not in path.parts
        for line, name in imports(path)
        if name.startswith(f"matching.{TRAINING}")
    ]
    assert not wrong, "\n".join(wrong)


def test_only_the_store_speaks_sql() -> None:
    """SQL stays in the store and the jobs; pages and API call use cases."""
    wrong = [
        f"{where(path, line)} imports {name}"
        for path in python_files("service/pages", "service/api")
        for line, name in imports(path)
        if name.partition(".")[0] in {"sqlalchemy", "psycopg", "sqlite3"}
    ]
    assert not wrong, "\n".join(wrong)


def test_files_stay_small() -> None:
    """A newcomer finds one noun in one file."""
    wrong = [
        f"{name}: {lines} lines"
        for path in python_files("schemas", "matching", "service", "tests", "bench")
        if (name := str(path.relative_to(ROOT))) not in LONGER_FOR_A_REASON
        and not name.startswith(MIGRATIONS)
        and (lines := len(path.read_text("utf-8").splitlines())) > MAX_FILE_LINES
    ]
    assert not wrong, "\n".join(wrong)


def test_functions_stay_short() -> None:
    """No single long orchestrating function: what hurts most in every codebase of this kind."""
    wrong = []
    for path in python_files("schemas", "matching", "service"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                name = f"{path.relative_to(ROOT)}::{node.name}"
                if lines > MAX_FUNCTION_LINES and not name.startswith((MIGRATIONS, *LONGER_FOR_A_REASON)):
                    wrong.append(f"{name}: {lines} lines")
    assert not wrong, "\n".join(wrong)


def test_every_module_says_what_it_is_for() -> None:
    """The first line of each module is a sentence about it; only empty package markers have none."""
    wrong = [
        str(path.relative_to(ROOT))
        for path in python_files("schemas", "matching", "service", "tests")
        if path.read_text("utf-8").strip() and not ast.get_docstring(tree(path))
    ]
    assert not wrong, "\n".join(wrong)


def test_every_setting_is_documented() -> None:
    """An operator finds each HOMEWARD_ variable in docs/operating.md."""
    from service.config import Settings

    manual = (ROOT / "docs" / "operating.md").read_text("utf-8")
    missing = [name for field in Settings.model_fields if (name := f"HOMEWARD_{field.upper()}") not in manual]
    assert not missing, "not in docs/operating.md: " + ", ".join(missing)


def committed() -> list[Path]:
    """The files under version control; without git, all files but what is built or cached."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    hidden = re.compile(r"/(\.git|\.venv|build|dist|__pycache__|\.[a-z]+_cache|\.hypothesis)/")
    return [
        path for path in ROOT.rglob("*") if path.is_file() and not hidden.search(f"/{path.relative_to(ROOT)}")
    ]


def texts() -> Iterator[tuple[Path, str]]:
    for path in committed():
        if path == Path(__file__).resolve():
            continue  # names the words that it looks for
        try:
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # pictures, spreadsheets and lists in other encodings


FORBIDDEN = re.compile(
    r"pypi\.org|pythonhosted|npmjs\.(org|com)|registry\.yarnpkg|deb\.debian\.org"
    r"|--index-url|--extra-index-url|extra-index"
    r"|/work/|/root/|/tmp/brief|/tmp/t0"  # paths of one machine
    r"|\bchatgpt\b|\bclaude\b|\banthropic\b|\bopenai\b|\bcopilot\b"
    r"|\blorem ipsum\b|\bTODO\b|\bFIXME\b|\bXXX\b",
    re.IGNORECASE,
)


def test_no_committed_file_speaks_of_one_machine() -> None:
    """Files name no package index, no path of a developer's machine, and leave no unfinished note."""
    wrong = [
        f"{where(path, number)}: {found.group()}"
        for path, text in texts()
        if not path.name.startswith("requirements")
        for number, line in enumerate(text.splitlines(), 1)
        if (found := FORBIDDEN.search(line))
    ]
    assert not wrong, "\n".join(wrong)


def test_requirements_name_no_index_and_hash_every_file() -> None:
    """The lock files work wherever an index is set up, and nothing is installed unseen."""
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-build.txt"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        assert "index" not in re.sub(r"^[a-z0-9._-]+==|^\s*#.*$", "", text, flags=re.MULTILINE)
        pins = [block for block in re.split(r"\n(?=[a-z])", text) if "==" in block.splitlines()[0]]
        assert pins
        assert all("--hash=sha256:" in block for block in pins)


LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")


def anchors(markdown: str) -> set[str]:
    """The anchors that headings of a Markdown file give."""
    headings = re.findall(r"^#+\s+(.+?)\s*$", markdown, flags=re.MULTILINE)
    return {
        re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", re.sub(r"[`*]", "", h)).strip().lower()) for h in headings
    }


def test_every_link_of_the_documentation_resolves() -> None:
    """No page points at a file or heading that is not there."""
    wrong = []
    for path, text in texts():
        if path.suffix != ".md":
            continue
        for match in LINK.finditer(re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
            target = match.group(1) or match.group(2)
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            to = (path.parent / name).resolve() if name else path
            if not to.exists():
                wrong.append(f"{path.relative_to(ROOT)} -> {target}")
            elif anchor and to.suffix == ".md" and anchor not in anchors(to.read_text("utf-8")):
                wrong.append(f"{path.relative_to(ROOT)} -> {target} (no such heading)")
    assert not wrong, "\n".join(wrong)


def test_every_page_of_the_documentation_is_reachable() -> None:
    """Links lead from docs/index.md to each page; a page that nobody finds is not documentation."""
    docs = ROOT / "docs"
    seen: set[Path] = set()
    ahead = [docs / "index.md"]
    while ahead:
        page = ahead.pop()
        if page in seen or page.suffix != ".md" or not page.is_file():
            continue
        seen.add(page)
        targets = (match.group(1) or "" for match in LINK.finditer(page.read_text("utf-8")))
        ahead += [(page.parent / target.partition("#")[0]).resolve() for target in targets if target]
    lost = [str(page.relative_to(ROOT)) for page in docs.rglob("*.md") if page not in seen]
    assert not lost, "no link leads to: " + ", ".join(lost)


def test_every_exception_from_the_style_gives_its_reason() -> None:
    """`noqa` stands with the reason beside it, and so does `type: ignore` in what is shipped."""
    noqa = r"#\s*noqa(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)?\s*$"
    ignore = r"#\s*type:\s*ignore(\[[a-z-, ]+\])?\s*$"
    wrong = [
        where(path, number)
        for path in python_files("schemas", "matching", "service", "tests", "bench")
        if path != Path(__file__).resolve()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(noqa, line)
        or (path.relative_to(ROOT).parts[0] not in {"tests", "bench"} and re.search(ignore, line))
    ]
    assert not wrong, "no reason beside it: " + ", ".join(wrong)


def test_programs_are_executable() -> None:
    """The scripts that `make` and the pipeline call can be run as they stand."""
    scripts = [path for path in (ROOT / ".ci").iterdir() if path.is_file() and path.suffix != ".py"]
    assert scripts
    assert all(os.access(path, os.X_OK) for path in scripts)


def test_the_server_starts_without_the_matcher() -> None:
    """Compiled code and its libraries take seconds to load; the pages do not wait for them."""
    program = (
        "import sys, service.app; print(sorted({'numba', 'scipy', 'matching.linker'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
