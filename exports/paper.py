"""What every paper has: A4, a serif with Cyrillic, «лист i из n», the position it was printed at and a QR of it.

The same page object prints the same bytes: no clock and no random number is asked (reportlab's `invariant`)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import fontpkg
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, SimpleDocTemplate

SERIF, BOLD = "PTSerif", "PTSerif-Bold"
QR_SIZE = 16 * mm
MARGIN = 20 * mm


def _register() -> None:
    """With reportlab, once a process: paragraphs ask for their fonts when they are made."""
    pdfmetrics.registerFont(TTFont(SERIF, str(fontpkg.path("PT Serif"))))
    pdfmetrics.registerFont(TTFont(BOLD, str(fontpkg.path("PT Serif", weight=700))))
    pdfmetrics.registerFontFamily(SERIF, normal=SERIF, bold=BOLD, italic=SERIF, boldItalic=BOLD)


_register()
BODY = ParagraphStyle("body", fontName=SERIF, fontSize=11, leading=15, spaceAfter=6)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8.5, leading=11, spaceAfter=0)
HEAD = ParagraphStyle("head", parent=BODY, fontName=BOLD, fontSize=13, leading=17, alignment=TA_CENTER)


class _Numbered(Canvas):  # type: ignore[misc]
    """Keeps the pages until their number is known, then writes the foot of each."""

    def __init__(self, *arguments: Any, foot: str, qr: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._foot, self._qr = foot, qr
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
        self.setFont(SERIF, 8)
        self.drawString(MARGIN, 10 * mm, self._foot)
        self.drawRightString(A4[0] - MARGIN - QR_SIZE - 3 * mm, 10 * mm, f"лист {number} из {pages}")
        renderPDF.draw(_qr(self._qr), self, A4[0] - MARGIN - QR_SIZE, 5 * mm)


def _qr(text: str) -> Drawing:
    widget = QrCodeWidget(text, barWidth=QR_SIZE, barHeight=QR_SIZE)
    drawing = Drawing(QR_SIZE, QR_SIZE)
    drawing.add(widget)
    return drawing


def printed(story: Sequence[Flowable], *, title: str, foot: str, qr: str) -> bytes:
    """The PDF of these flowables; `foot` says the moment it shows, `qr` the same for a machine."""
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        title=title,
        invariant=1,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=25 * mm,
    )

    def canvas(*arguments: Any, **options: Any) -> Canvas:
        return _Numbered(*arguments, foot=foot, qr=qr, **options)

    document.build(list(story), canvasmaker=canvas)
    return buffer.getvalue()
