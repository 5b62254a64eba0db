"""How a clause of the act is shown to people."""

from __future__ import annotations

import re

import pytest

from ledger.clause import point, spelled
from tests.test_five_regulations import SCHOOLS, act


@pytest.mark.parametrize(
    ("clause", "shown"),
    [
        ("9.5(b8, b9)", "9.5"),
        ("7.14(b4), 9.5(b1, b4)", "7.14, 9.5"),
        ("7.14(b7), 7.14(b9)", "7.14"),
        ("7.1, 7.14(b2)", "7.1, 7.14"),
        ("7.15 (иностранный язык)", "7.15 (иностранный язык)"),
        ("9.2(b4); срок Порядок не называет", "9.2"),
        ("п. 3.6", "п. 3.6"),
        ("Порядок молчит", ""),
        ("", ""),
    ],
)
def test_people_read_the_point_without_its_dashes(clause, shown):
    assert point(clause) == shown


def test_a_sentence_names_the_point():
    assert spelled("Последняя неделя начинается 25.12 (п. 9.5(b8, b9) Порядка).") == (
        "Последняя неделя начинается 25.12 (п. 9.5 Порядка)."
    )


@pytest.mark.parametrize("school", SCHOOLS)
def test_no_sentence_of_an_act_shows_a_latin_dash(school):
    for word in act(school).rules.values():
        assert not re.search(r"\(b\d", spelled(word.sentence))
    assert not any("(b" in point(clause) for clause in act(school).clauses.values())
