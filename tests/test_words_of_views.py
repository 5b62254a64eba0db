"""What the log of views calls a page is said in words wherever the log is shown (R-053, R-186)."""

from __future__ import annotations

import ast
from pathlib import Path

from web import incident_words


def test_every_name_that_is_logged_has_a_word() -> None:
    calls = (
        call
        for path in Path("web").glob("reading*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) == "show"
    )
    names = (call.args[2] for call in calls if len(call.args) > 2)
    logged = {each.value for each in names if isinstance(each, ast.Constant)}
    assert {"journal", "diary", "inspector views"} <= logged
    assert logged - incident_words.PAGES.keys() == set()


def test_a_paper_is_its_page_printed() -> None:
    assert incident_words.word("register") == "сводная ведомость"
    assert incident_words.word("print register") == "сводная ведомость, печать"
    assert incident_words.word("something new") == "something new"
