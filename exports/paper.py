"""What every paper has: A4, a serif with Cyrillic, «лист i из n», the position it was printed at and a QR of it.

The same page object prints the same bytes: no clock and no random number is asked (reportlab's `invariant`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.pagesizes import landscape as turned
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

from exports.fonts import BOLD, SERIF, words

QR_SIZE = 16 * mm
MARGIN, NARROW = 20 * mm, 12 * mm
BOTTOM = 25 * mm

BODY = ParagraphStyle("body", fontName=SERIF, fontSize=11, leading=15, spaceAfter=6)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8.5, leading=11, spaceAfter=0)
HEAD = ParagraphStyle("head", parent=BODY, fontName=BOLD, fontSize=13, leading=17, alignment=TA_CENTER)


@dataclass(frozen=True, kw_only=True, slots=True)
class Imprint:
    """What a paper says of itself: the school, the `moment` it shows in words, the `position` of the last entry it
    knows, the `address` that prints it again, the `check` of what it shows (exports.digest), the seal as the act calls
    it (P-90), the director, and the size of its letters in points (P-80)."""

    school: str
    moment: str
    position: int
    address: str
    check: str
    seal: str = "печать"
    director: str = ""
    size: float = 11

    @property
    def foot(self) -> str:
        return f"{self.school}. Журнал на {self.moment}, запись № {self.position}"

    @property
    def body(self) -> ParagraphStyle:
        return ParagraphStyle("set", parent=BODY, fontSize=self.size, leading=self.size * 1.35)


def p(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph of plain text: nothing in it is markup."""
    return Paragraph(words(text, style.fontName), style)


class _Numbered(Canvas):  # type: ignore[misc]
    """Keeps the pages until their number is known, then writes the foot of each."""

    def __init__(
        self, *arguments: Any, foot: str, qr: str, check: str, margin: float, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self._foot, self._qr, self._check, self._side = foot, qr, check, margin
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, kept in enumerate(self._kept, 1):
            self.__dict__.update(kept)
            self._draw_foot(number, len(self._kept))
            super().showPage()
        super().save()

    def _draw_foot(self, number: int, pages: int) -> None:
        right = self._pagesize[0] - self._side - QR_SIZE
        self.setFont(SERIF, 8)
        self.drawRightString(right - 3 * mm, 10 * mm, f"лист {number} из {pages}")
        self._draw_words(right - 3 * mm - 24 * mm - self._side)
        if number == 1:  # one code for all sheets: drawn square by square it is the dearest thing on a page
            self.beginForm("qr", 0, 0, QR_SIZE, QR_SIZE)
            renderPDF.draw(_qr(self._qr), self, 0, 0)
            self.endForm()
        self.saveState()
        self.translate(right, 5 * mm)
        self.doForm("qr")
        self.restoreState()

    def _draw_words(self, room: float) -> None:
        width = self.stringWidth(self._foot, SERIF, 8)
        self.setFont(SERIF, 8 if width <= room else max(5.0, 8 * room / width))
        self.drawString(self._side, 10 * mm, self._foot)
        if self._check:
            self.setFont(SERIF, 6)
            self.drawString(self._side, 6.5 * mm, f"SHA-256 показанного: {self._check}")


def _qr(text: str) -> Drawing:
    widget = QrCodeWidget(text, barWidth=QR_SIZE, barHeight=QR_SIZE)
    drawing = Drawing(QR_SIZE, QR_SIZE)
    drawing.add(widget)
    return drawing


def printed(
    story: Sequence[Flowable],
    *,
    title: str,
    foot: str,
    qr: str,
    check: str = "",
    landscape: bool = False,
    margin: float = MARGIN,
) -> bytes:
    """The PDF of these flowables; `foot` says the moment it shows, `qr` the same for a machine."""
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=turned(A4) if landscape else A4,
        title=title,
        invariant=1,
        leftMargin=margin,
        rightMargin=margin,
        topMargin=margin,
        bottomMargin=BOTTOM,
    )

    def canvas(*arguments: Any, **options: Any) -> Canvas:
        return _Numbered(*arguments, foot=foot, qr=qr, check=check, margin=margin, **options)

    document.build(list(story), canvasmaker=canvas)
    return buffer.getvalue()


def sheets(
    story: Sequence[Flowable],
    imprint: Imprint,
    *,
    title: str,
    landscape: bool = False,
    margin: float = MARGIN,
) -> bytes:
    """`printed` with the foot of an imprint."""
    return printed(
        story,
        title=title,
        foot=imprint.foot,
        qr=imprint.address,
        check=imprint.check,
        landscape=landscape,
        margin=margin,
    )
