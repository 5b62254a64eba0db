"""letopis rebuild, check and regulation, as somebody at a terminal uses them."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from commands.marks import GiveMark
from ledger import windows
from projections.rebuild import give_room_back
from projections.tables import TABLES
from tests.databases import Database
from tests.projections.pouring import caught_up, paper_over
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named
from web.cli import main

REGULATION = Path(windows.__file__).parent / "regulations" / "ust-belaya.toml"


@pytest.fixture
def school(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Database:
    """A school with one mark, its pages up; the command line's own database."""
    story, lesson = Story(), given_lesson("7А Алгебра", "2026-10-12")
    give = GiveMark(lesson=lesson.id, work=lesson.id, pupil=named("Каляна Мария"), value="4")
    story.do("Соколова", "2026-10-12 10:30", give)
    with paper_over(database.app_dsn) as paper:
        paper.pour(story.store)
        caught_up(paper)
    monkeypatch.setenv("LETOPIS_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database.app_dsn)
    return database


def test_check_of_true_pages_says_so(school: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert f"Школа {SCHOOL_ID}: страницы совпадают с записями." in capsys.readouterr().out


def test_check_shows_what_differs_and_rebuild_heals_it(
    school: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(school.app_dsn, autocommit=True) as connection:
        connection.execute("UPDATE pages.cells SET value = '5'")
    assert main(["check"]) == 1
    assert "cells                            1           1" in capsys.readouterr().out
    assert main(["rebuild"]) == 0
    assert "построены заново" in capsys.readouterr().out
    assert main(["check"]) == 0


@pytest.mark.parametrize("command", ["check", "rebuild", "replay"])
def test_where_there_is_no_journal_yet_a_sentence_says_so(
    empty_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    monkeypatch.setenv("LETOPIS_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", empty_database.superuser_dsn)
    assert main([command]) != 0
    assert "журнала ещё нет" in capsys.readouterr().err


def files_of_pages(database: Database) -> dict[str, str]:
    with psycopg.connect(database.superuser_dsn) as connection:
        return dict(
            connection.execute(
                "SELECT relname, pg_relation_filepath(oid) FROM pg_class"
                " WHERE relnamespace = 'pages'::regnamespace AND relname = ANY(%s)",
                (list(TABLES),),
            ).fetchall()
        )


def test_a_rebuild_gives_the_room_of_the_old_rows_back(
    school: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rebuild"]) == 0
    assert "VACUUM FULL" in capsys.readouterr().out, "the application's role may not"
    monkeypatch.setenv("LETOPIS_MIGRATOR_URL", school.migrator_dsn)
    before = files_of_pages(school)
    assert main(["rebuild"]) == 0
    after = files_of_pages(school)
    assert before.keys() == after.keys() == TABLES.keys()
    assert all(before[name] != after[name] for name in TABLES), "each table is written anew"
    assert main(["check"]) == 0
    with psycopg.connect(school.superuser_dsn) as connection:
        staged = [
            connection.execute(SQL("SELECT count(*) FROM {}").format(Identifier("pages", f"staging_{name}")))
            for name in TABLES
        ]
        assert {cursor.fetchone() for cursor in staged} == {(0,)}, "no copy of the rows is left behind"


def test_a_table_somebody_reads_keeps_its_room_and_is_named(school: Database) -> None:
    with (
        psycopg.connect(school.app_dsn) as reader,
        psycopg.connect(school.migrator_dsn, autocommit=True) as owner,
    ):
        reader.execute("SELECT FROM pages.cells")
        mine = "SELECT current_user, current_setting('lock_timeout')"
        before = owner.execute(mine).fetchone()
        assert "cells" in give_room_back(owner, patience="50ms")
        assert owner.execute(mine).fetchone() == before, "the connection is as it was"


def test_a_regulation_is_read_and_its_unread_keys_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["regulation", str(REGULATION)]) == 0
    said = capsys.readouterr().out
    assert "ust-belaya.toml: порядок принят" in said
    assert "пока не читается ни одним правилом: P-03" in said


def test_a_wrong_regulation_is_refused_by_file_key_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        REGULATION.read_text(encoding="utf-8").replace('mode = "permit"', 'mode = "allow"', 1), "utf-8"
    )
    assert main(["regulation", str(wrong)]) == 1
    said = capsys.readouterr()
    assert "wrong.toml:" in said.out
    assert "rules.W-01.mode" in said.out


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_is_no_text_is_refused_in_a_sentence(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "порядок.toml"
    if content is not None:
        file.write_bytes(content)
    assert main(["regulation", str(file)]) == 1
    assert "файл не читается" in capsys.readouterr().out


def test_replay_of_true_pages_says_so(school: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay"]) == 0
    assert "страницы говорят то же, что записи" in capsys.readouterr().out


def test_replay_names_the_cell_a_page_lies_about(
    school: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(school.app_dsn, autocommit=True) as connection:
        connection.execute("UPDATE pages.cells SET value = '5'")
    assert main(["replay"]) == 1
    assert "по записям «4», на странице «5»" in capsys.readouterr().out


@pytest.mark.parametrize("at", ["15000", "вчера", "2026-10-12T10:00"])
def test_replay_at_what_is_no_moment_says_what_a_moment_is(
    school: Database, capsys: pytest.CaptureFixture[str], at: str
) -> None:
    assert main(["replay", "--at", at]) == 1
    assert "нужен момент с часовым поясом" in capsys.readouterr().err


def test_replay_at_a_moment_before_says_what_was_so_then(
    school: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", "--at", "2026-10-12T10:29:59+12:00"]) == 0
    assert "страницы говорят то же, что записи" in capsys.readouterr().out
