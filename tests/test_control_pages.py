"""Pages of control: for whom, of what, over which days; every «no» is a sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
import requests
from openpyxl import load_workbook
from pypdf import PdfReader

from ledger import streams
from ledger.entry import Category
from ledger.events.control import ControlRecorded
from ledger.personal import PersonalText
from projections.control import REPORTS
from tests import doors
from tests.browser.school import SCHOOL, Site, named
from tests.doors import PEOPLE
from tests.test_api import Caller
from tests.test_inspector_doors import written

SOKOLOVA, PETROV, CLASS, OTHER = named("Соколова"), named("Петров"), named("7А"), named("7Б")
REPORT = "/control/C-01"


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    doors.populate(site)
    return {login: Caller(site, doors.login_of(login)) for login in PEOPLE}


def get(site: Site, caller: Caller, address: str, **asked: object) -> requests.Response:
    said = {name: str(value) for name, value in asked.items()}
    return requests.get(site.url + address, params=said, headers=caller.headers, timeout=20)


def words(answer: requests.Response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2])))


def teachers(answer: requests.Response) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*>([^<]+)</th>', answer.text)


def report(caller: Caller, code: str = "C-01", **asked: object) -> dict[str, object]:
    answer = caller.get(f"/control/{code}", **{name: str(value) for name, value in asked.items()})
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()["report"]
    return found


def keys(found: dict[str, object]) -> set[str]:
    return {line["key"] for line in found["lines"]}  # type: ignore[attr-defined]


def test_the_deputy_sees_everybody_a_teacher_only_the_own_lessons(
    site: Site, everybody: dict[str, Caller]
) -> None:
    assert str(SOKOLOVA) in keys(report(everybody["deputy"]))
    assert keys(report(everybody["stranger"])) <= {str(PETROV)}
    assert keys(report(everybody["teacher"])) == {str(SOKOLOVA)}
    own = report(everybody["teacher"])["asked"]
    assert own["teacher"] == str(SOKOLOVA)  # type: ignore[index]


def test_a_class_teacher_sees_the_own_class_and_whoever_teaches_it(everybody: dict[str, Caller]) -> None:
    found = report(everybody["class_teacher"])
    assert found["asked"]["class_id"] == str(CLASS)  # type: ignore[index]
    assert str(SOKOLOVA) in keys(found)
    assert everybody["class_teacher"].get("/control/C-01", **{"class": str(OTHER)}).status_code == 404


@pytest.mark.parametrize(
    ("login", "asked"),
    [
        ("teacher", {"teacher": PETROV}),
        ("stranger", {"class": CLASS}),
        ("stranger", {"class": OTHER, "teacher": SOKOLOVA}),
        ("class_teacher", {"class": OTHER}),
        ("guardian", {"class": CLASS}),
    ],
)
def test_anothers_class_or_lessons_are_not_there(
    site: Site, everybody: dict[str, Caller], login: str, asked: dict[str, object]
) -> None:
    for address in (REPORT, f"{REPORT}/csv", f"{REPORT}/pdf", f"{REPORT}/headline", f"{REPORT}/behind"):
        assert get(site, everybody[login], address, **asked).status_code == 404, address


@pytest.mark.parametrize("login", ["guardian", "pupil", "methodist", "administrator"])
def test_control_is_not_for_families_nor_for_the_technical_staff(
    site: Site, everybody: dict[str, Caller], login: str
) -> None:
    for address in ("/control", REPORT, f"{REPORT}/xlsx", "/api/v1/control", "/api/v1/control/C-01"):
        assert get(site, everybody[login], address).status_code == 403, address


def test_the_reports_of_the_act_come_first(everybody: dict[str, Caller]) -> None:
    found = everybody["deputy"].get("/control").json()
    assert found["named"]
    assert "C-01" in found["others"]
    assert "C-07" in found["named"]  # P-84 of Усть-Белая


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"period": "own", "from": "{today}", "to": "{before}"}, "поменяйте дни местами"),
        ({"period": "own", "from": "{today}"}, "Назовите оба дня"),
        ({"period": "own", "from": "{years_ago}", "to": "{today}"}, "внутри одного учебного года"),
        ({"level": "ПТУ"}, "Уровня образования «ПТУ» нет"),
        ({"from": "вчера", "to": "{today}"}, "Даты «вчера» не бывает"),
        ({"period": "осень"}, "Даты «осень» не бывает"),
        ({"period": "2026-09-31..2026-10-01"}, "Даты «2026-09-31» не бывает"),
    ],
)
def test_days_that_make_no_period_are_answered_with_a_sentence(
    site: Site, everybody: dict[str, Caller], asked: dict[str, str], sentence: str
) -> None:
    days = {
        "today": site.today,
        "before": site.today - timedelta(days=1),
        "years_ago": site.today - timedelta(days=400),
    }
    filled = {name: value.format(**days) for name, value in asked.items()}
    screen = get(site, everybody["deputy"], REPORT, **filled)
    assert screen.status_code == 400
    assert sentence in words(screen)
    program = everybody["deputy"].get("/control/C-01", **filled)
    assert program.status_code == 400
    assert sentence in program.json()["sentence"]
    assert get(site, everybody["deputy"], f"{REPORT}/csv", **filled).status_code == 400


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/control/C-99", 404),
        ("/control/c-01", 404),
        (f"{REPORT}?class=7А", 400),
        (f"{REPORT}?class={SCHOOL}", 404),
        (f"{REPORT}?subject={SCHOOL}", 404),
        (f"{REPORT}?teacher={named('Каляна Мария')}", 404),
        (f"{REPORT}?against=вчера", 400),
        (f"{REPORT}?sheet=0", 400),
        (f"{REPORT}?sheet=2", 404),
        (f"{REPORT}?at=2999-01-01", 404),
        (f"{REPORT}?at=entry-9&moment=2999-01-01", 400),
        (f"{REPORT}/behind", 404),
        (f"{REPORT}/behind?key=вчера", 404),
        (f"{REPORT}/doc", 404),
    ],
)
def test_what_is_not_there_is_no_error_of_the_journal(
    site: Site, everybody: dict[str, Caller], address: str, status: int
) -> None:
    assert get(site, everybody["deputy"], address).status_code == status


def test_a_filter_narrows_the_report(site: Site, everybody: dict[str, Caller]) -> None:
    deputy = everybody["deputy"]
    whole = report(deputy, period="own", **{"from": site.today, "to": site.today})
    one = report(deputy, **{"class": OTHER, "teacher": SOKOLOVA, "level": "ООО"})
    assert keys(whole) >= {str(SOKOLOVA)}
    assert keys(one) == {str(SOKOLOVA)}
    assert keys(report(deputy, level="НОО")) == set()


def test_behind_a_line_are_its_lessons_with_the_way_to_them(site: Site, everybody: dict[str, Caller]) -> None:
    page = get(site, everybody["deputy"], f"{REPORT}/behind", key=SOKOLOVA, **{"class": CLASS})
    lesson = site.lesson(-1)
    assert f'href="/lesson/{lesson}"' in page.text
    shown = everybody["deputy"].get("/control/C-01/behind", key=str(SOKOLOVA), **{"class": str(CLASS)})
    assert str(lesson) in {each["lesson"] for each in shown.json()["shown"]}
    assert shown.json()["more"] is False


@pytest.mark.parametrize("login", list(PEOPLE))
def test_behind_a_line_is_for_whoever_sees_the_line(
    site: Site, everybody: dict[str, Caller], login: str
) -> None:
    sees = {"teacher", "class_teacher", "deputy", "director", "inspector", "working_group"}
    asked = {"key": str(SOKOLOVA), "class": str(CLASS), "teacher": str(SOKOLOVA)}
    for address in (f"{REPORT}/behind", "/api/v1/control/C-01/behind"):
        status = get(site, everybody[login], address, **asked).status_code
        assert status == 200 if login in sees else status in (403, 404), (address, status)


def test_at_an_earlier_moment_nothing_had_been_written(site: Site, everybody: dict[str, Caller]) -> None:
    deputy = everybody["deputy"]
    then = get(site, deputy, REPORT, at=site.founded)
    assert then.status_code == 200
    assert "Это прошлое" in words(then)


def test_a_print_names_its_moment_and_prints_the_same_again(site: Site, everybody: dict[str, Caller]) -> None:
    first = get(site, everybody["deputy"], f"{REPORT}/pdf", **{"class": CLASS})
    assert first.headers["Content-Type"] == "application/pdf"
    assert "at=entry-" in first.url
    again = requests.get(first.url, headers=everybody["deputy"].headers, timeout=20)
    assert again.content == first.content
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(first.content)).pages)
    assert "Соколова И. В." in text
    assert "лист 1 из" in text


def test_a_print_counts_lessons_over_since_the_last_entry(site: Site, everybody: dict[str, Caller]) -> None:
    """The screen and the paper of the same second agree, though nobody has written since the morning."""
    screen = report(everybody["deputy"], period="own", **{"from": site.today, "to": site.today})
    held = {line["key"]: line["values"][1] for line in screen["lines"]}  # type: ignore[attr-defined]
    asked = {"period": "own", "from": site.today, "to": site.today}
    body = get(site, everybody["deputy"], f"{REPORT}/pdf", **asked).content
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    assert f"Соколова И. В.\n{held[str(SOKOLOVA)]}" in text


def test_files_are_named_after_the_report_and_hold_its_lines(
    site: Site, everybody: dict[str, Caller]
) -> None:
    csv = get(site, everybody["deputy"], f"{REPORT}/csv")
    assert re.fullmatch(
        r'attachment; filename="C-01-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d-\d+\.csv"',
        csv.headers["Content-Disposition"],
    )
    assert "Соколова И. В.;" in csv.content.decode("utf-8-sig")
    xlsx = get(site, everybody["deputy"], f"{REPORT}/xlsx")
    sheet = load_workbook(BytesIO(xlsx.content)).worksheets[0]
    assert "Соколова И. В." in [row[0].value for row in sheet.rows]


def test_every_look_and_every_file_is_kept(site: Site, everybody: dict[str, Caller]) -> None:
    get(site, everybody["deputy"], f"{REPORT}/xlsx", **{"class": CLASS})
    with site.here.pool.connection() as connection:
        seen = connection.execute(
            "SELECT class_id FROM access.views WHERE school_id = %s AND page = 'control xlsx C-01'"
            " ORDER BY at DESC LIMIT 1",
            (SCHOOL,),
        ).fetchone()
    assert seen == (CLASS,)


def test_a_comparison_needs_a_check_that_was(site: Site, everybody: dict[str, Caller]) -> None:
    assert "Проверок ещё не было" in words(get(site, everybody["deputy"], REPORT, against="check"))


def test_the_last_check_is_compared_with_as_the_journal_was_then(
    site: Site, everybody: dict[str, Caller]
) -> None:
    """The director's control fixed a position before Соколова wrote a topic."""
    position = everybody["deputy"].get("/control").json()["as_of"]["position"]
    checked = ControlRecorded(
        control=named("контроль"),
        month=site.today.replace(day=1),
        position=position,
        text=PersonalText(person=SOKOLOVA, nonce=b"", sealed=b""),
    )
    written(site, (streams.director_control(SCHOOL), checked, Category.CASE))
    topic = everybody["substitute"].do("RecordTopic", lesson=str(site.lesson()), text="Степени", seen=0)
    assert topic.status_code == 200, topic.text
    page = get(site, everybody["deputy"], REPORT, against="check")
    assert "контроль директора за" in words(page)
    found = everybody["deputy"].get("/control/C-01", against="check").json()
    assert found["check"]["position"] == position
    assert found["compared"]["as_of"]["position"] == position
    assert set(found["compared"]["lines"]) >= {str(SOKOLOVA)}


@pytest.mark.parametrize("code", sorted(REPORTS))
def test_every_report_is_a_page_and_a_file_for_whoever_may_ask(
    site: Site, everybody: dict[str, Caller], code: str
) -> None:
    needs = REPORTS[code].needs
    for login in ("deputy", "director", "working_group", "class_teacher", "teacher"):
        listed = everybody[login].get("/control").json()
        may = code in (*listed["named"], *listed["others"])
        assert get(site, everybody[login], f"/control/{code}").status_code == (200 if may else 403), login
        assert get(site, everybody[login], f"/control/{code}/headline").status_code == (200 if may else 403)
    for form in ("csv", "xlsx", "pdf"):
        asked = {"class": CLASS, "teacher": SOKOLOVA, "subject": named("Алгебра"), "level": "ООО"}
        answer = get(site, everybody["deputy"], f"/control/{code}/{form}", **(asked if needs else {}))
        assert answer.status_code == 200, (form, words(answer))
        assert answer.headers["Content-Disposition"].endswith(f'.{form}"')


def test_a_report_that_needs_a_filter_asks_for_it(
    site: Site, everybody: dict[str, Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = replace(REPORTS["C-01"], needs=frozenset({"class_id", "subject"}))
    monkeypatch.setitem(REPORTS, "C-01", row)
    page = get(site, everybody["deputy"], REPORT)
    assert page.status_code == 200
    assert "выберите класс, предмет" in words(page)
    assert get(site, everybody["deputy"], f"{REPORT}/csv").status_code == 400
    assert everybody["deputy"].get("/control/C-01").status_code == 400
    filled = get(site, everybody["deputy"], REPORT, **{"class": CLASS, "subject": named("Алгебра")})
    assert teachers(filled)


def test_a_report_that_knows_no_teacher_is_not_for_whoever_sees_the_own_lessons_only(
    site: Site, everybody: dict[str, Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A filter it would not heed must not open it: a teacher would see the whole school."""
    monkeypatch.setitem(REPORTS, "C-01", replace(REPORTS["C-01"], ignores=frozenset({"teacher"})))
    for asked in ({}, {"teacher": PETROV}):
        assert get(site, everybody["stranger"], REPORT, **asked).status_code in (403, 404)
    assert "C-01" not in everybody["stranger"].get("/control").json()["others"]
    assert get(site, everybody["class_teacher"], REPORT).status_code == 200
    assert 'name="teacher"' not in get(site, everybody["deputy"], REPORT).text
