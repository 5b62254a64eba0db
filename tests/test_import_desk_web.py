"""Matrix 53: an import in the browser shows what it would change, and applies exactly that or nothing."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from ledger import people, streams
from ledger.events.journals import SubjectAdded
from tests.databases import Database
from tests.importing import DEMO
from tests.small_school import Place, _append, _draft, form_token, serve, sign_in
from tests.test_import_timetable import XML
from web.received import LARGEST_IMPORT

WHOLE = {path.name: path.read_bytes() for path in sorted(DEMO.glob("*.csv"))}
# Without pages and timetable, which most of what is shown here does not need.
BUNDLE = {f"{name}.csv": WHOLE[f"{name}.csv"] for name in ("school", "staff", "classes", "pupils", "periods")}


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Iterator[Place]:
    with serve(database, tmp_path) as found:
        found.add_account(found.people.nosov, "nosov")
        yield found


@pytest.fixture
def nosov(place: Place) -> FlaskClient:
    browser = place.browser()
    sign_in(browser, "nosov")
    return browser


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def uploaded(browser: FlaskClient, files: dict[str, bytes], **more: str):
    """The answer to the files, sent by the form."""
    token = form_token(browser.get("/import/").text)
    parts = [(io.BytesIO(content), name) for name, content in files.items()]
    return browser.post("/import/", data={"csrf_token": token, "files": parts, **more})


def settled(browser: FlaskClient, address: str) -> str:
    """The page of an import whose work is over."""
    deadline = time.monotonic() + 60
    while browser.get(f"{address}/state").get_json()["busy"]:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return browser.get(address, follow_redirects=True).text


def compared(browser: FlaskClient, files: dict[str, bytes], **more: str) -> tuple[str, str]:
    """Address and page of the preview."""
    answer = uploaded(browser, files, **more)
    assert answer.status_code == 302, answer.text
    return answer.location, settled(browser, answer.location)


def pressed(browser: FlaskClient, address: str, what: str, **more: str) -> str:
    token = form_token(browser.get(address).text)
    answer = browser.post(f"{address}/{what}", data={"csrf_token": token, **more})
    return settled(browser, answer.location)


def head(place: Place) -> int:
    return place.here.store.head(place.school).position


def test_the_preview_counts_and_names_what_would_change_and_changes_nothing(
    place: Place, nosov: FlaskClient
) -> None:
    before = head(place)
    _, page = compared(nosov, {"набор.zip": zipped(WHOLE)})
    assert "<b>251</b>ученик зачислен" in page
    assert "Айваткин Марк Евгеньевич · 1А · с 01.09.2026" in page
    assert "<b>403</b>урока недели поставлены" in page
    assert "новых человек" in page
    assert head(place) == before
    assert 2026 not in place.here.school(place.school).years


def test_what_was_shown_is_applied_in_one_append_and_once(place: Place, nosov: FlaskClient) -> None:
    address, page = compared(nosov, WHOLE)
    shown = int(re.search(r"Применить: (\d+)", page)[1])  # type: ignore[index]
    before = head(place)
    done = pressed(nosov, address, "apply")
    assert "Применено" in done
    assert head(place) - before == shown
    entries = place.here.store.entries(place.school, after=before, limit=100_000)
    assert len({entry.stamp.command_id for entry in entries}) == 1
    assert {(e.stamp.role.value, e.stamp.origin.value) for e in entries} == {("administrator", "import")}
    assert len(place.here.school(place.school).pupils) == 252
    with place.here.pool.connection() as connection:
        named = people.names_at(connection, place.school, place.here.school(place.school).pupils)
    assert "Айваткин Марк" in {name.listed for name in named.values()}
    token = form_token(nosov.get("/import/").text)
    nosov.post(f"{address}/apply", data={"csrf_token": token})
    settled(nosov, address)
    assert head(place) - before == shown


def test_the_same_files_again_change_nothing(place: Place, nosov: FlaskClient) -> None:
    address, _ = compared(nosov, BUNDLE)
    pressed(nosov, address, "apply")
    _, page = compared(nosov, {"набор.zip": zipped(BUNDLE)})
    assert "Изменений нет" in page


def test_a_school_that_has_changed_meanwhile_is_shown_anew(place: Place, nosov: FlaskClient) -> None:
    address, _ = compared(nosov, BUNDLE)
    subject = SubjectAdded(subject=uuid4(), title="Чукотский язык", short="", attributes=())
    _append(place.here.store, place.school, _draft(streams.calendar(place.school), subject))
    before = head(place)
    page = pressed(nosov, address, "apply")
    assert "школа изменилась" in page
    assert "Применить" in page
    assert head(place) == before
    again = re.search(r'action="(/import/[^/]+)/apply"', page)
    assert again is not None
    assert "Применено" in pressed(nosov, again[1], "apply")


def test_what_touches_days_gone_by_stands_first_and_is_applied_only_after_a_second_word(
    place: Place, nosov: FlaskClient
) -> None:
    address, page = compared(nosov, BUNDLE)
    assert 'class="touches"' not in page
    pressed(nosov, address, "apply")
    lines = BUNDLE["periods.csv"].decode().splitlines()
    other = [line.replace("2027-05-28", "2027-05-27") for line in lines]
    address, page = compared(nosov, {**BUNDLE, "periods.csv": "\n".join(other).encode()})
    changed = sum(one != two for one, two in zip(lines, other, strict=True))
    assert f"<h3>{changed} отчётных периода меняют дни</h3>" in page
    assert "III триместр (ООО): 01.03.2027 – 28.05.2027 → 01.03.2027 – 27.05.2027" in page
    assert page.index('class="touches"') < page.index('class="brings"')
    before = head(place)
    assert "Сначала подтвердите" in pressed(nosov, address, "apply")
    assert head(place) == before
    assert "Применено" in pressed(nosov, address, "apply", touches="on")
    assert head(place) - before == changed


def test_a_changed_name_is_shown_before_and_after(place: Place, nosov: FlaskClient) -> None:
    address, _ = compared(nosov, BUNDLE)
    pressed(nosov, address, "apply")
    married = BUNDLE["staff.csv"].replace("Орлова,Наталья".encode(), "Беляева,Наталья".encode())
    _, page = compared(nosov, {**BUNDLE, "staff.csv": married})
    assert "Орлова Наталья Кирилловна → Беляева Наталья Кирилловна" in page


def test_the_journals_open_only_when_asked(place: Place, nosov: FlaskClient) -> None:
    address, page = compared(nosov, BUNDLE)
    assert "откроются журналы" not in page
    pressed(nosov, address, "apply")
    assert place.here.school(place.school).opened == frozenset()
    address, page = compared(nosov, BUNDLE, open_year="on")
    assert "откроются журналы" in page
    pressed(nosov, address, "apply")
    assert place.here.school(place.school).opened == {2026}


def test_what_an_asc_file_names_and_nobody_knows_is_created_only_when_asked(
    place: Place, nosov: FlaskClient
) -> None:
    address, _ = compared(nosov, BUNDLE)
    pressed(nosov, address, "apply")
    before = head(place)
    address, page = compared(nosov, {"расписание.xml": XML.encode()})
    assert "Загрузить нельзя" in page
    assert "В школе неизвестны" in page
    assert "предметы: Алгебра" in page
    page = pressed(nosov, address, "again", create="on")
    assert "недели поставлен" in page
    assert "<b>3</b>предмета" in page
    assert head(place) == before
    current = re.search(r'action="(/import/[^/]+)/apply"', page)
    assert current is not None
    assert "Применено" in pressed(nosov, current[1], "apply")
    assert place.here.school(place.school).slots


def test_a_wrong_row_is_named_by_file_line_and_column(place: Place, nosov: FlaskClient) -> None:
    wrong = BUNDLE["pupils.csv"].replace(
        "p002,Власова,Ольга,Максимовна,1А".encode(), "p002,Власова,Ольга,Максимовна,12Ж".encode()
    )
    _, page = compared(nosov, {**BUNDLE, "pupils.csv": wrong})
    assert "pupils.csv, строка 3, столбец «class»:" in page
    assert "Применить" not in page


BOMB = zipped({"pupils.csv": b"0" * (21 * 1024 * 1024)})
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><timetable>&b;</timetable>'


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("набор.zip", BOMB, "файл больше 20 МБ"),
        ("набор.zip", zipped({"readme.txt": b"x"}), "бывают только файлы CSV"),
        ("набор.zip", zipped({"a/pupils.csv": b"id", "b/pupils.csv": b"id"}), "есть дважды"),
        ("набор.zip", b"PK\x03\x04" + b"\0" * 40, "архив повреждён"),
        ("набор.zip", zipped({}), "в архиве нет файлов CSV"),
        ("../../pupils.exe", b"MZ", "это не CSV, не zip и не XML"),
        ("asc.xml", LAUGHS, "asc.xml"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence(
    place: Place, nosov: FlaskClient, name: str, content: bytes, sentence: str
) -> None:
    before = head(place)
    _, page = compared(nosov, {name: content})
    assert "Загрузить нельзя" in page
    assert sentence in page
    assert head(place) == before


def test_what_is_larger_than_the_limit_is_not_read(nosov: FlaskClient) -> None:
    token = form_token(nosov.get("/import/").text)
    whole = {"csrf_token": token, "files": [(io.BytesIO(b"0" * (LARGEST_IMPORT + 1)), "pupils.csv")]}
    assert nosov.post("/import/", data=whole).status_code == 413


def test_only_the_administrator_imports(place: Place) -> None:
    place.add_account(place.people.sokolova, "sokolova")
    browser = place.browser()
    sign_in(browser, "sokolova")
    assert browser.get("/import/").status_code == 403
    token = form_token(browser.get("/password").text)
    sent = {"csrf_token": token, "files": [(io.BytesIO(zipped(BUNDLE)), "набор.zip")]}
    assert browser.post("/import/", data=sent).status_code == 403


def test_after_a_restart_the_ledger_says_whether_it_was_applied(place: Place, nosov: FlaskClient) -> None:
    address, _ = compared(nosov, BUNDLE)
    place.app.extensions.pop("letopis.imports")
    assert "Ничего не применено" in nosov.get(address).text
    address, _ = compared(nosov, BUNDLE)
    pressed(nosov, address, "apply")
    place.app.extensions.pop("letopis.imports")
    assert "Она применена" in nosov.get(address).text


def test_what_is_not_wanted_is_put_away(place: Place, nosov: FlaskClient) -> None:
    address, page = compared(nosov, BUNDLE)
    nosov.post(f"{address}/discard", data={"csrf_token": form_token(page)})
    assert "Есть начатая загрузка" not in nosov.get("/import/").text
