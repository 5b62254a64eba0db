"""Measurements of issue 2: `make bench` (`python -m bench --quick` while developing)."""
