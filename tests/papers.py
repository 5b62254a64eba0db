"""What a printed paper says, and a paper made of a page read at a moment: for the tests of exports/."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from exports.paper import Imprint
from projections.reading import Reading


def text_of(pdf: bytes) -> str:
    """Of all sheets, blanks and ends of lines as one blank."""
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def sheets_of(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def imprint(reading: Reading, address: str = "/papers/x?at=") -> Imprint:
    return Imprint(
        school=reading.school.title,
        moment=f"{reading.now:%d.%m.%Y %H:%M:%S}",
        position=reading.as_of.position,
        address=f"letopis:{reading.school.id}{address}entry-{reading.as_of.position}",
        check="0" * 64,
        seal=reading.regulation().seal.seal,
        director="Орлова Т. В.",
    )
