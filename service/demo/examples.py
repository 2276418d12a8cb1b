"""Where the example files lie, and what is known of each list."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

SOURCE = Path(__file__).parent / "source"
DATA = Path(__file__).parent / "data"
REQUESTS = DATA / "requests.csv"
TRUTH = DATA / "truth.tsv"


@dataclass(frozen=True)
class ExampleList:
    """One example list as an importer would deliver it; `list_date` is what its clerk told."""

    file_name: str
    title: str
    list_date: date
    encoding: str = ""  # told where the letters leave a doubt

    @property
    def path(self) -> Path:
        return DATA / self.file_name


LISTS = (
    ExampleList(
        "consular_check_2018-12.csv", "Check of lists, December 2018", date(2018, 12, 10), encoding="cp1251"
    ),
    ExampleList("prison_orphanage_2019-04.xlsx", "Prison and orphanage, April 2019", date(2019, 4, 15)),
    ExampleList("camp_annex_2020-07.csv", "Camp annex, July 2020", date(2020, 7, 5)),
    ExampleList("ngo_register_2021-10.xlsx", "Register, October 2021", date(2021, 10, 1)),
)
LATER_EDITION = ExampleList("camp_annex_2021-02.csv", "Camp annex, February 2021", date(2021, 2, 14))
