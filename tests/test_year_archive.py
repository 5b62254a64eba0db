"""The archive of a study year: whole, listed with its hashes, the same again, in a new folder only (R-228, AT-25)."""

from __future__ import annotations

import csv
import gzip
import json
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel
from pypdf import PdfReader

from tests.browser.school import SCHOOL, Site, named
from tests.test_exchange import give
from web import year_archive
from web.year_archive import NotArchived


@pytest.fixture
def archived(site: Site, tmp_path: Path):
    def make(name: str) -> Path:
        folder = tmp_path / name
        year = site.here.school(SCHOOL).classes[named("7А")].year
        with _words().app_context():
            year_archive.make(site.here, SCHOOL, year, folder, lambda said: None)
        return folder

    return make


def _words() -> Flask:
    """An application to speak Russian in; the school's own is served in another thread."""
    app = Flask("web")
    app.config.update(BABEL_DEFAULT_LOCALE="ru")
    Babel(app)
    return app


def contents(folder: Path) -> dict[str, tuple[int, str]]:
    rows = list(csv.reader((folder / "contents.csv").open(encoding="utf-8-sig"), delimiter=";"))
    return {name: (int(size), digest) for name, size, digest in rows[2:]}


@pytest.mark.case("AT-25")
def test_every_file_of_the_archive_is_listed_with_its_hash_and_the_pages_are_there(
    site: Site, archived
) -> None:
    give(site, named("Вуквукай Илья"), "4")
    folder = archived("first")
    listed = contents(folder)
    assert {f"7А/{name}" for name in ("journal.pdf", "marks.csv", "entries.jsonl.gz")} <= set(listed)
    for name, (size, digest) in listed.items():
        content = (folder / name).read_bytes()
        assert (len(content), sha256(content).hexdigest()) == (size, digest)
    words = "".join(page.extract_text() for page in PdfReader(folder / "7А" / "journal.pdf").pages)
    assert "КЛАССНЫЙ ЖУРНАЛ" in words
    assert "Вуквукай" in words
    assert "Вуквукай Илья;4" in (folder / "7А" / "marks.csv").read_text(encoding="utf-8-sig")
    packed = gzip.decompress((folder / "7А" / "entries.jsonl.gz").read_bytes())
    entries = [json.loads(line) for line in packed.decode().splitlines()]
    assert "mark-given" in {entry["topic"] for entry in entries}


@pytest.mark.case("AT-25")
def test_the_same_position_is_archived_to_the_same_bytes(site: Site, archived) -> None:
    assert contents(archived("second")) == contents(archived("third"))


def test_an_archive_is_written_into_a_new_folder_only(site: Site, archived, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("чужое")
    with pytest.raises(NotArchived, match="не пуста"):
        archived("full")
    assert (tmp_path / "full" / "a.txt").read_text() == "чужое"


def test_while_the_pages_are_behind_the_entries_nothing_is_archived(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(site.here.runner), "advance", lambda *_, **__: False)
    with pytest.raises(NotArchived, match="не догнали"):
        year_archive.make(site.here, SCHOOL, 2026, tmp_path / "behind", lambda said: None)
    assert not (tmp_path / "behind").exists()


def test_a_year_without_classes_is_said(site: Site, tmp_path: Path) -> None:
    with pytest.raises(NotArchived, match="классов нет"):
        year_archive.make(site.here, SCHOOL, 1999, tmp_path / "none", lambda said: None)
    assert not (tmp_path / "none").exists()
