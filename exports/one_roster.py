"""OneRoster 1.2 tables as the set of CSV files of its binding, in one archive that is always the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from projections.one_roster import DELTA, HEADS, Row, Table

MANIFEST = (
    ("manifest.version", "1.0"),
    ("oneroster.version", "1.2"),
    ("source.systemName", "Letopis"),
    ("source.systemCode", "letopis"),
)
ABSENT = (
    *("classResources", "courseResources", "demographics", "resources", "userProfiles"),
    *(
        "lineItemLearningObjectiveIds",
        "lineItemScoreScales",
        "resultLearningObjectiveIds",
        "resultScoreScales",
    ),
    "scoreScales",
)
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment an archive can name: no clock is asked


def packed(tables: Iterable[Table]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        _add(archive, "manifest", ("propertyName", "value"), _manifest())
        for table in tables:
            _add(archive, table.name, table.head, table.rows)
    return buffer.getvalue()


def _manifest() -> Iterable[Row]:
    yield from MANIFEST
    for name in sorted((*HEADS, *ABSENT)):
        told = "absent" if name in ABSENT else "delta" if name in DELTA else "bulk"
        yield (f"file.{name}", told)


def _add(archive: ZipFile, name: str, head: Row, rows: Iterable[Row]) -> None:
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    archive.writestr(ZipInfo(f"{name}.csv", EPOCH), text.getvalue().encode("utf-8"), ZIP_DEFLATED)
