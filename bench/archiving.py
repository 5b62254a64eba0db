"""The archive of a whole study year of forty classes: `letopis archive` in a process of its own (issue 6)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from bench.place import ROOT
from bench.results import Numbers, row

MINUTES_10, MEGABYTES = 600, 500


def measure(home: Path, folder: Path) -> Numbers:
    """`folder` is new; the server of `home` is not running, or runs for another process of ours."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("LETOPIS", "DATABASE", "PORT"))}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "web.cli", "archive", str(folder)],
        env={**kept, "LETOPIS_HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)  # of this child alone; its PostgreSQL has memory of its own
    seconds, files = time.perf_counter() - began, [each for each in folder.rglob("*") if each.is_file()]
    assert os.waitstatus_to_exitcode(status) == 0, "the archive was not made"
    process.returncode = 0
    return {
        "year_archive_s": row(seconds, "s", MINUTES_10, "lower"),
        "year_archive_peak_mb": row(
            usage.ru_maxrss / 1024, "MB", MEGABYTES, "lower"
        ),  # Linux counts in kilobytes
        "year_archive_files": row(len(files), "files", None, "higher"),
        "year_archive_mb": row(sum(each.stat().st_size for each in files) / 2**20, "MB", None, "lower"),
    }
