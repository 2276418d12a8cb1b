"""Whether the key file belongs to the database: a known text, sealed at the first start."""

from sqlalchemy import func
from sqlmodel import select

from service.store.database import Database
from service.store.keys import KeysRefused
from service.store.sealed import Place, SealBroken, Sealer
from service.store.tables import KeyCheck, TracingRequestRow

ROW = "first"
KNOWN_TEXT = "these keys open this database"


def refuse_foreign_keys(database: Database, sealer: Sealer) -> None:
    """Raises `KeysRefused` when the keys do not open what is stored; marks an empty database as ours."""
    place = Place("key_check", "sealed", ROW, "")
    with database.read() as session:
        row = session.get(KeyCheck, ROW)
        requests = session.exec(select(func.count()).select_from(TracingRequestRow)).one()
    if row is not None:
        try:
            sealer.open_text(place, row.sealed)
        except SealBroken:
            raise _refused() from None
        return
    if requests:
        raise _refused()
    with database.begin() as session:
        if session.get(KeyCheck, ROW) is None:
            session.add(KeyCheck(id=ROW, sealed=sealer.seal_text(place, KNOWN_TEXT)))


def _refused() -> KeysRefused:
    return KeysRefused(
        "key_file_of_another_database",
        "The key file does not open this database. Restore the key file that was made with it.",
    )
