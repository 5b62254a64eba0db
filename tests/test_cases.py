"""`make cases` tells the truth about the acceptance and edge cases (design 8)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import CASES, OUTCOMES, print_cases

ROOT = Path(__file__).parent.parent

EXAMPLES = """
import pytest

@pytest.mark.case("AT-01")
def test_one_edge(): pass

@pytest.mark.case("AT-01", "E-03")
def test_both(): pass

@pytest.mark.case("AT-02")
def test_holds(): pass

@pytest.mark.case("AT-02")
def test_fails(): assert 1 == 2

@pytest.fixture
def broken(): raise OSError("no browser")

@pytest.mark.case("AT-03")
def test_cannot_be_set_up(broken): pass

@pytest.mark.case("E-09")
@pytest.mark.skip(reason="needs shared data")
def test_is_skipped(): pass
"""


def run_pytest(folder: Path, examples: str, workers: str = "0") -> subprocess.CompletedProcess[str]:
    hooks = "pytest_collection_modifyitems, pytest_runtest_logreport, pytest_sessionfinish"
    (folder / "conftest.py").write_text(f"from tests.cases import {hooks}\n")
    (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = {ROOT}\nmarkers = case(number): a case\n")
    (folder / "test_examples.py").write_text(examples)
    words = [sys.executable, "-m", "pytest", "-q", "-n", workers]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_case_passes_when_every_test_of_it_passed(tmp_path, capsys, workers):
    run_pytest(tmp_path, EXAMPLES, workers)
    assert print_cases(tmp_path / OUTCOMES) == 1
    shown = dict(line.split("  ", 1) for line in capsys.readouterr().out.splitlines()[:-1])
    assert len(shown) == len(CASES) == 43
    words = {case: shown[case].rsplit("  ", 1)[0].split()[0] for case in ("AT-01", "AT-02", "AT-03", "E-03")}
    assert words == {"AT-01": "passed", "AT-02": "failed", "AT-03": "failed", "E-03": "passed"}
    assert shown["E-09"].startswith("not yet")
    assert shown["AT-25"] == "not yet  0 tests"


def test_a_number_the_requirements_do_not_have_is_refused(tmp_path):
    done = run_pytest(tmp_path, 'import pytest\n@pytest.mark.case("AT-26")\ndef test_it(): pass\n')
    assert done.returncode != 0
    assert "AT-26" in done.stdout + done.stderr
