"""Files of classes whose titles a folder cannot hold, or that come to the same name."""

from __future__ import annotations

from ledger.school_records import Klass
from tests.world import named
from web.class_files import names


def klass(title: str) -> Klass:
    return Klass(id=named(title), year=2026, title=title, grade=1, level="НОО")


def test_no_class_takes_the_file_of_another() -> None:
    titles = ["10А", "10/2", "10-2", "10\\2", "6 «А»", "../", "—"]
    found = names(klass(title) for title in titles)
    assert [found[named(title)] for title in titles] == [
        "10А",
        "10-2",
        "10-2 (2)",
        "10-2 (3)",
        "6 -А-",
        "---",
        "-",
    ]
    assert len({name.casefold() for name in names(klass(title) for title in ("7а", "7А")).values()}) == 2
