"""A regulation that was adopted is read for ever, by every later programme (design 4)."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from ledger.entry import Finding
from ledger.regulation import Mode, RegulationError, load
from ledger.regulation_file import read_adopted

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.toml"))
FIRST, *_, LATEST = (sample.read_text(encoding="utf-8") for sample in SAMPLES)
TEXT = LATEST


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_every_text_ever_adopted_is_still_read(sample: Path) -> None:
    assert read_adopted(sample.read_text(encoding="utf-8"), sample.name).scale == (5, 4, 3, 2, 1)


def without(table: str) -> str:
    """The text without `[table]` and its subtables."""
    shorter = re.sub(rf"(?ms)^\[{re.escape(table)}(\.[^\]]*)?\]\n.*?(?=^\[|\Z)", "", TEXT)
    assert shorter != TEXT
    return shorter


def test_a_rule_the_act_does_not_name_is_off() -> None:
    older = without("rules.W-13")
    with pytest.raises(RegulationError):
        load(older, "strict")
    assert read_adopted(older, "adopted").word_on(Finding(code="W-13")).mode is Mode.OFF


def test_a_parameter_the_act_does_not_name_has_the_templates_value() -> None:
    assert read_adopted(without("parameters.P-29"), "adopted").absent_and_mark == "forbid"


def test_a_key_of_another_programme_is_left_aside() -> None:
    newer = TEXT + '\n[rules.X-99]\nmode = "refuse"\nclause = "1"\nsentence = "Нет."\n'
    with pytest.raises(RegulationError):
        load(newer, "strict")
    assert read_adopted(newer, "adopted").title


def test_an_adopted_text_says_what_the_strict_reading_says() -> None:
    assert read_adopted(TEXT, "x") == load(TEXT, "x")


def test_the_latest_sample_is_the_text_that_comes_with_the_programme() -> None:
    """A changed text is a new sample: the old ones stay."""
    file = files("ledger") / "regulations" / "ust-belaya.toml"
    assert file.read_text(encoding="utf-8") == LATEST


def test_a_text_of_before_parameters_were_typed_keeps_its_meaning() -> None:
    older = read_adopted(FIRST, "adopted")
    assert (older.non_attestation.threshold, older.commission.members) == (0.5, 3)
    assert older.period_correction_approvers == {"УВР"}
    assert older.void_from.moment == "first_receipt"
    assert older.paper_slip.on
    assert not older.extracurricular["7.13"].marks
    assert older.mode("P-21") is Mode.OFF
    assert older.mode("W-18", "deputy") is Mode.OFF


def test_a_text_that_contradicts_itself_was_adopted_once_and_is_read() -> None:
    strange = TEXT.replace("days = 3 }", "days = 0 }")
    with pytest.raises(RegulationError):
        load(strange, "strict")
    assert read_adopted(strange, "adopted").work_terms[0].days == 0
