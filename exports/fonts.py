"""The letters papers are set in: PT Serif from its wheel, or the school's own file (R-233, P-80).

A letter the school's file has not is set in PT Serif, which knows Kazakh «Ә Қ Ң Ө Ұ Ү Һ І» and Chukchi «Ӄ Ӈ Ԓ»; one
that neither has is written as «?», for an empty box tells nobody that something is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

import fontpkg
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

SERIF, BOLD = "Letopis", "Letopis-Bold"
SPARE, SPARE_BOLD = "PTSerif", "PTSerif-Bold"
_SPARES = {SERIF: SPARE, BOLD: SPARE_BOLD}
_SPACES = "\n\t"


class BadFont(Exception):
    """The file is no TrueType font that can be put into a paper."""


def use(files: Sequence[Path] = ()) -> None:
    """Papers of this process are set in these files: the regular face and, where there is one, the bold. Called once,
    before the first paper. Raises BadFont."""
    regular, bold = SPARE_FILES if not files else (files[0], files[-1])
    for name, file in ((SERIF, regular), (BOLD, bold), (SPARE, SPARE_FILES[0]), (SPARE_BOLD, SPARE_FILES[1])):
        try:
            font = TTFont(name, str(file))
        except (TTFError, OSError) as error:
            raise BadFont(f"{file}: {error}") from error
        pdfmetrics._fonts.pop(name, None)  # reportlab keeps the first font of a name for ever
        pdfmetrics.registerFont(font)
    for name, strong in ((SERIF, BOLD), (SPARE, SPARE_BOLD)):
        pdfmetrics.registerFontFamily(name, normal=name, bold=strong, italic=name, boldItalic=strong)
    _face_of.cache_clear()


@cache
def _face_of(letter: str, font: str) -> str:
    """The font that has the letter; "" for none."""
    for name in (font, _SPARES[font]):
        if letter in _SPACES or ord(letter) in pdfmetrics.getFont(name).face.charToGlyph:
            return name
    return ""


def words(text: str, font: str = SERIF) -> str:
    """`text` as a Paragraph takes it: escaped, with what `font` has not in the spare one."""
    if all(_face_of(letter, font) == font for letter in set(text)):
        return escape(text)
    return "".join(
        _run("".join(run), face, font) for face, run in groupby(text, lambda each: _face_of(each, font))
    )


def _run(text: str, face: str, font: str) -> str:
    if face == font:
        return escape(text)
    return f'<font name="{face}">{escape(text)}</font>' if face else "?" * len(text)


SPARE_FILES = (fontpkg.path("PT Serif"), fontpkg.path("PT Serif", weight=700))
use()
