"""The marks of a class as CSV, harmless to a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple
from io import StringIO

from exports.spreadsheet import harmless
from projections.mark_list import MarkLine

HEAD = (
    *("Число", "Урок", "Предмет", "Группа", "Вид работы", "Ученик", "Значение", "Внесено", "Опоздание, с"),
    "Запись",
)


def comma_separated(lines: Iterable[MarkLine]) -> bytes:
    """UTF-8 with a byte order mark and semicolons, as the control reports."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows(
        ["" if value is None else harmless(str(value)) for value in astuple(line)] for line in lines
    )
    return text.getvalue().encode("utf-8-sig")
