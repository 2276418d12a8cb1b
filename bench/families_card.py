"""The tables of the model card, from what `families.py` printed.

python bench/families_card.py SMALL.json [LARGE.json] > tables.md
"""

import json
import sys
from pathlib import Path
from typing import Any

_ROWS = (
    ("recall@1, everybody listed", "listed", "recall@1"),
    ("recall@5, everybody listed", "listed", "recall@5"),
    ("recall@10, everybody listed", "listed", "recall@10"),
    ("mean reciprocal rank", "listed", "mrr"),
    ("recall@5 where a row bears a name of theirs", "row_bears_a_name", "recall@5"),
    ("recall@5, mothers by kunya only", "kunya_only_mothers", "recall@5"),
    ("recall@1 with names and ages only", "without_family", "recall@1"),
    ("recall@5 of the plain baseline", "baseline", "recall@5"),
    ("precision at p >= .9", "", "precision_at_0.9"),
    ("precision at p >= .5", "", "precision_at_0.5"),
    ("PR-AUC", "", "pr_auc"),
    ("Brier score", "", "brier"),
    ("expected calibration error, all links", "", "ece"),
    ("the same, links of 2 % and more", "", "ece_from_2_percent"),
    ("false claims with a link of .9", "", "false_claims_at_0.9"),
    ("people on no list with a link of .5", "", "on_no_list_at_0.5"),
    ("people on no list with a link of .9", "", "on_no_list_at_0.9"),
)
_GROUPS = (
    ("Difficulty", "by_difficulty"), ("Role", "by_role"), ("Sex", "by_sex"), ("Years in 2020", "by_age"),
    ("Scripts", "by_script"), ("Origin", "by_origin"), ("List", "by_list"), ("Who asks", "by_kind"),
)  # fmt: skip


def main() -> None:
    runs = [json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:]]
    heads = [f"{run['requests']} requests, {run['rows']} rows, {len(run['worlds'])} worlds" for run in runs]
    print("| | " + " | ".join(heads) + " |\n|---|" + "---|" * len(runs))
    for label, group, key in _ROWS:
        print(f"| {label} | " + " | ".join(_cell(run["mean"], group, key) for run in runs) + " |")
    first = runs[0]["mean"]
    for title, group in _GROUPS:
        print(f"\n| {title} | people | recall@1 | recall@5 |\n|---|---|---|---|")
        for name, found in first[group].items():
            if found["people"]:
                people = round(found["people"] * len(runs[0]["worlds"]))
                print(f"| {name} | {people} | {found['recall@1']:.3f} | {found['recall@5']:.3f} |")


def _cell(mean: dict[str, Any], group: str, key: str) -> str:
    found = mean.get(group, {}) if group else mean
    return f"{found[key]:.3f}" if key in found else "not run"


if __name__ == "__main__":
    main()
