"""LETOPIS_PRINT_FONT: the school's own file, one or two; what is none is said at the start (R-233, P-80)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from exports import fonts
from web import print_font
from web.config import BadConfig, read_config

REGULAR, BOLD = (str(file) for file in fonts.SPARE_FILES)


def configured(text: str) -> tuple[Path, ...]:
    return read_config({"LETOPIS_PRINT_FONT": text, "LETOPIS_HOME": "/srv/letopis"}).print_font


def test_without_it_papers_are_set_in_the_serif_that_comes_with_the_program() -> None:
    assert configured("") == ()


def test_one_file_or_a_regular_and_a_bold_one_are_taken() -> None:
    assert configured(REGULAR) == (Path(REGULAR),)
    assert configured(os.pathsep.join((REGULAR, BOLD))) == (Path(REGULAR), Path(BOLD))


@pytest.mark.parametrize("text", ["/nowhere/times.ttf", os.pathsep.join((REGULAR, BOLD, REGULAR))])
def test_a_file_that_is_not_there_and_a_third_one_are_refused(text: str) -> None:
    with pytest.raises(BadConfig, match="LETOPIS_PRINT_FONT"):
        configured(text)


def test_a_file_that_is_no_font_is_refused_with_a_sentence(tmp_path: Path) -> None:
    wrong = tmp_path / "times.ttf"
    wrong.write_bytes(b"not a font")
    config = read_config({"LETOPIS_PRINT_FONT": str(wrong), "LETOPIS_HOME": str(tmp_path)})
    with pytest.raises(BadConfig, match="не шрифт TrueType"):
        print_font.set_in(config)
    fonts.use()
