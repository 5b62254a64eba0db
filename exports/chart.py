"""A chart of a report, drawn once: the same Drawing stands on paper and, as SVG, on the screen.

On the screen colours are the page's own (classes `ink`, `faded`, `rule`, `s0`…, see web/static/css/control.css), so a
chart is legible by day and by night; on paper the shades differ in grey as well. The policy of the pages allows no
style inside the picture, so what reportlab writes as style becomes attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from xml.etree import ElementTree

import fontpkg
from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from projections.control.report import Chart
from projections.control.said import number

SANS = "PTSans"
pdfmetrics.registerFont(TTFont(SANS, str(fontpkg.path("PT Sans"))))

WIDTH, HEIGHT = 480.0, 170.0  # points; the frame of an upright A4 is 481 wide
SIZE = 8.0
MOST = 24  # labels in one drawing: more stand in another below it
SHORT = 5  # letters of a label that fits under an upright bar
INK, FADED, RULE = HexColor("#26221b"), HexColor("#655c4d"), HexColor("#ddd3c0")
SERIES = tuple(HexColor(each) for each in ("#234f8e", "#d08a1d", "#5f9a66", "#a3231b", "#8d7fb8"))
_CLASSES = {
    **{colour: name for name, colour in (("ink", INK), ("faded", FADED), ("rule", RULE))},
    **{colour: f"s{n}" for n, colour in enumerate(SERIES)},
}


def drawings(chart: Chart) -> tuple[Drawing, ...]:
    """One, or several below each other for many labels, all on one scale; none of a chart without labels."""
    top = _top(chart)
    size = len(chart.labels) if chart.shape == "lines" else MOST
    parts = [_part(chart, n, n + size) for n in range(0, len(chart.labels), size)] if chart.labels else []
    draw = _lines if chart.shape == "lines" else _upright if _fits_upright(chart) else _lying
    return tuple(draw(part, top) for part in parts)


def svg(chart: Chart) -> tuple[str, ...]:
    """The drawings as pieces of a page: no prologue, no style, classes instead of colours."""
    return tuple(_for_a_page(renderSVG.drawToString(each)) for each in drawings(chart))


def _part(chart: Chart, first: int, last: int) -> Chart:
    return Chart(
        title=chart.title,
        shape=chart.shape,
        labels=chart.labels[first:last],
        series=tuple((name, values[first:last]) for name, values in chart.series),
        unit=chart.unit,
    )


def _fits_upright(chart: Chart) -> bool:
    return len(chart.labels) * len(chart.series) <= 2 * MOST and all(
        len(each) <= SHORT for each in chart.labels
    )


def _top(chart: Chart) -> float:
    """The value at the end of the scale: 100 of per cent, else a round one above the greatest."""
    greatest = max(
        (value for _, values in chart.series for value in values if value is not None), default=0.0
    )
    if chart.unit == "%" and greatest <= 100:
        return 100.0
    if greatest <= 4:
        return 4.0
    step = 10.0 ** (len(str(int(greatest))) - 1)
    return next(step * n for n in (1, 2, 4, 5, 8, 10) if step * n >= greatest)


def _said(value: float) -> str:
    return number(value, "count" if float(value).is_integer() else "share")


def _text(x: float, y: float, words: str, *, anchor: str = "start", colour: Color = INK) -> String:
    return String(x, y, words, fontName=SANS, fontSize=SIZE, textAnchor=anchor, fillColor=colour)


def _legend(chart: Chart, y: float, left: float) -> Iterator[Rect | String]:
    """Names of the series, where there is more than one."""
    x = left
    for n, (name, _) in enumerate(chart.series):
        if len(chart.series) > 1:
            yield Rect(x, y, 7, 7, fillColor=_shade(n), strokeColor=None)
            yield _text(x + 10, y, name)
            x += 22 + pdfmetrics.stringWidth(name, SANS, SIZE)


def _shade(n: int) -> Color:
    return SERIES[n % len(SERIES)]


def _lying(chart: Chart, top: float) -> Drawing:
    """Bars from left to right, each with its name before it and its value behind it."""
    names = [_shortened(each) for each in chart.labels]
    left = 6 + max(pdfmetrics.stringWidth(each, SANS, SIZE) for each in names)
    bar = 9.0 if len(chart.series) == 1 else 8.0
    row = bar * len(chart.series) + 5
    legend = 14.0 if len(chart.series) > 1 else 0.0
    height = row * len(names) + legend + 4
    drawing = Drawing(WIDTH, height)
    scale = (WIDTH - left - 44) / top
    for at, name in enumerate(names):
        base = height - legend - row * (at + 1)
        drawing.add(_text(left - 5, base + (row - SIZE) / 2, name, anchor="end"))
        for n, (_, values) in enumerate(chart.series):
            y, value = base + row - 3 - bar * (n + 1), values[at]
            drawing.add(Rect(left, y, scale * (value or 0), bar - 1, fillColor=_shade(n), strokeColor=None))
            words = "—" if value is None else _said(value)
            drawing.add(_text(left + scale * (value or 0) + 3, y + bar / 2 - 3, words, colour=FADED))
    drawing.add(Line(left, 2, left, height - legend - 2, strokeColor=FADED, strokeWidth=0.5))
    for each in _legend(chart, height - 9, left):
        drawing.add(each)
    return drawing


def _shortened(name: str) -> str:
    return name if len(name) <= 34 else f"{name[:33]}…"


def _upright(chart: Chart, top: float) -> Drawing:
    drawing, left, base, high = _field(chart, top)
    column = (WIDTH - left) / len(chart.labels)
    bar = min(26.0, (column - 4) / len(chart.series))
    for at, label in enumerate(chart.labels):
        middle = left + column * (at + 0.5)
        drawing.add(_text(middle, base - 11, label, anchor="middle"))
        for n, (_, values) in enumerate(chart.series):
            value, x = values[at], middle + bar * (n - len(chart.series) / 2)
            tall = high * (value or 0) / top
            drawing.add(Rect(x, base, bar - 1, tall, fillColor=_shade(n), strokeColor=None))
            if bar >= 15 or value is None:
                words = "—" if value is None else _said(value)
                drawing.add(_text(x + bar / 2, base + tall + 2, words, anchor="middle", colour=FADED))
    return drawing


def _lines(chart: Chart, top: float) -> Drawing:
    """A value that is missing breaks its line."""
    drawing, left, base, high = _field(chart, top)
    step = (WIDTH - left) / len(chart.labels)
    every = 1 + int(len(chart.labels) * 46 / WIDTH)
    for at, label in enumerate(chart.labels):
        if at % every == 0:
            drawing.add(_text(left + step * (at + 0.5), base - 11, label, anchor="middle"))
    for n, (_, values) in enumerate(chart.series):
        points = [
            (left + step * (at + 0.5), base + high * value / top) if value is not None else None
            for at, value in enumerate(values)
        ]
        for one, two in pairwise(points):
            if one is not None and two is not None:
                drawing.add(PolyLine([*one, *two], strokeColor=_shade(n), strokeWidth=1.4))
        for point in points:
            if point is not None:
                drawing.add(Circle(*point, 2.2, fillColor=_shade(n), strokeColor=None))
    return drawing


def _field(chart: Chart, top: float) -> tuple[Drawing, float, float, float]:
    """A drawing with the scale at its left; where the field begins, its floor and how high it is."""
    drawing = Drawing(WIDTH, HEIGHT)
    unit = f" {chart.unit}" if chart.unit == "%" else ""
    parts = 4 if top % 4 == 0 else 5
    marks = [top * n / parts for n in range(parts + 1)]
    left = 6 + max(pdfmetrics.stringWidth(_said(each) + unit, SANS, SIZE) for each in marks)
    base, high = 16.0, HEIGHT - 42.0
    for each in marks:
        y = base + high * each / top
        drawing.add(Line(left, y, WIDTH, y, strokeColor=RULE if each else FADED, strokeWidth=0.5))
        drawing.add(_text(left - 4, y - 3, _said(each) + unit, anchor="end", colour=FADED))
    if chart.unit and not unit:
        drawing.add(_text(0, HEIGHT - 9, chart.unit, colour=FADED))
    for shape in _legend(chart, HEIGHT - 9, left + 30):
        drawing.add(shape)
    return drawing, left, base, high


_RGB = re.compile(r"rgb\((\d+)%,(\d+)%,(\d+)%\)")
_SVG = "{http://www.w3.org/2000/svg}"
_NEEDLESS = frozenset({"title", "desc", "clipPath"})


def _for_a_page(text: str) -> str:
    root = ElementTree.fromstring(text[text.index("<svg") :])
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.removeprefix(_SVG) in _NEEDLESS:
                parent.remove(child)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        _plainly(element)
    for name in ("version", "fill-rule", "width", "height", "preserveAspectRatio"):
        root.attrib.pop(name, None)
    root.attrib |= {"aria-hidden": "true", "focusable": "false"}  # the numbers stand in a table beside it
    return ElementTree.tostring(root, encoding="unicode")


def _plainly(element: ElementTree.Element) -> None:
    """Style and colours of one element as attributes and a class."""
    element.attrib.pop("id", None)
    if element.attrib.get("transform") == "":
        del element.attrib["transform"]
    said = {
        name.strip(): value.strip()
        for part in element.attrib.pop("style", "").split(";")
        for name, colon, value in (part.partition(":"),)
        if colon
    }
    line = element.tag in ("path", "polyline", "line")
    colour = said.get("stroke" if line else "fill", "")
    if (name := _class_of(colour)) is not None:
        element.attrib["class"] = f"{'line' if line else 'area'} {name}"
    for name in ("stroke-width", "font-size"):
        if name in said and (line or name == "font-size"):
            element.attrib[name] = said[name].removesuffix("px")


def _class_of(colour: str) -> str | None:
    found = _RGB.match(colour)
    if found is None:
        return None
    wanted = tuple(int(each) for each in found.groups())
    return next((name for known, name in _CLASSES.items() if _per_cent(known) == wanted), "ink")


def _per_cent(colour: Color) -> tuple[int, ...]:
    return tuple(int(each * 100) for each in (colour.red, colour.green, colour.blue))


def numbers(chart: Chart) -> Sequence[tuple[str, tuple[str, ...]]]:
    """The chart for whoever reads rather than looks: each label with the values of the series, in words."""
    return [
        (label, tuple("—" if values[at] is None else _said(values[at]) for _, values in chart.series))
        for at, label in enumerate(chart.labels)
    ]
