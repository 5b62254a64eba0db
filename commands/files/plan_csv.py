"""A plan in a CSV file: any encoding schools use, any separator; a guess is said."""

import csv
import io

from commands.files.csv_text import MAX_BYTES, csv_reason
from commands.files.encoding import decode
from commands.files.names import match_key
from commands.files.plan_header import SPELLINGS
from commands.files.plan_sheet import PlanSheet, PlanUnreadable, SheetLine
from commands.files.reading import Problem


def read_csv_sheet(file: str, data: bytes) -> PlanSheet:
    """Raises PlanUnreadable."""
    if len(data) > MAX_BYTES:
        raise PlanUnreadable("файл больше 20 МБ")
    decoded = decode(data)
    if decoded is None:
        raise PlanUnreadable("не удалось понять кодировку файла; сохраните его как «CSV UTF-8»")
    if "\0" in decoded.text:
        raise PlanUnreadable("в файле нулевые байты: это не текст")
    notices = []
    if decoded.guessed:
        reason = f"файл не в UTF-8, прочитан как {decoded.encoding}; проверьте, что темы читаются"
        notices.append(Problem(file=file, line=0, column="", reason=reason))
    return PlanSheet(file=file, lines=_lines(decoded.text), notices=tuple(notices))


def _lines(text: str) -> tuple[SheetLine, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    lines, begins = [], 1
    try:
        for cells in reader:
            lines.append(SheetLine(number=begins, cells=tuple(cells)))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise PlanUnreadable(csv_reason(error), begins) from error
    return tuple(lines)


def _separator(text: str) -> str:
    """The one that parts most known headers in any of the first lines."""
    head = text.split("\n", 30)[:30]

    def known(separator: str) -> int:
        return max(
            sum(match_key(part.strip('" \r')) in SPELLINGS for part in line.split(separator)) for line in head
        )

    return max(";,\t", key=known)
