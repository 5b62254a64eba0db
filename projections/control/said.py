"""What a value of a control report is called: the same words on the screen, on paper and beside a bar of a chart."""

from __future__ import annotations

from datetime import datetime

from projections.control.report import Figure, Kind, Line, Report, Value

NOTHING = "—"
NUMBERS: frozenset[Kind] = frozenset({"count", "share", "mean", "hours"})
WORDS = 3  # columns that tell one line from another
DECIMALS = {"share": 1, "mean": 2}


def said(value: Value, kind: Kind) -> str:
    """«92,5 %», «3,86», «1,5» of 150 hundredths of an hour, «14.10.2026», «14.10.2026 09:47»; «—» for nothing."""
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if kind == "day" and not isinstance(value, str | int | float):
        return f"{value:%d.%m.%Y}"
    if kind in NUMBERS and isinstance(value, int | float):
        return number(value, kind) + (" %" if kind == "share" else "")
    return str(value)


def number(value: float, kind: Kind) -> str:
    """With a comma and as many decimals as its kind has; hours of hundredths without needless ones."""
    if kind == "hours":
        return f"{value / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{value:.{DECIMALS.get(kind, 0)}f}".replace(".", ",")


def signed(change: float, kind: Kind) -> str:
    """«+3,2», «−4»; «0» for no change."""
    words = number(abs(change), kind)
    return words if not words.strip("0,") else f"{'+' if change > 0 else '−'}{words}"


def figure_words(figure: Figure) -> str:
    """«92,5 % (37 из 40)»."""
    words = said(figure.value, figure.kind)
    return words if figure.part is None else f"{words} ({figure.part} из {figure.whole})"


def line_words(line: Line, report: Report) -> str:
    """What a line is about: «Соколова И. В.», «7А, Алгебра», «14.10.2026, 7А»: the words it begins with."""
    words = []
    for value, column in zip(line.values, report.columns, strict=True):
        if column.kind not in ("text", "day", "moment") or value is None:
            break
        words.append(said(value, column.kind))
    return ", ".join(words[:WORDS]) or said(line.values[0], report.columns[0].kind)
