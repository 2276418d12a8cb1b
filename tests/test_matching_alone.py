"""The matcher is a library of its own: it works where the service and its dependencies do not exist."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = Path(__file__).resolve().parent / "support" / "matching_alone.py"


def test_matching_works_without_the_service(tmp_path: Path) -> None:
    """Only schemas/ and matching/ are there, and nothing but their own libraries can be imported.

    Every module is imported and one invented request is ranked against three invented records: the
    woman written in Arabic letters comes first for the woman asked for in Cyrillic ones.
    """
    for package in ("schemas", "matching"):
        # a link and no copy: what was compiled beside the code need not be compiled again
        (tmp_path / package).symlink_to(ROOT / package, target_is_directory=True)
    shutil.copy(PROGRAM, tmp_path / "alone.py")
    run = subprocess.run(
        [sys.executable, "-P", "-W", "error", str(tmp_path / "alone.py")],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(tmp_path), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)
    assert said["outside"] == []
    assert Path(said["matching"]).is_relative_to(tmp_path)
    assert len(said["modules"]) > 10
    assert said["best"] == "r-same"
    assert said["weights"] == sorted(said["weights"], reverse=True)
