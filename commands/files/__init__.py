"""Readers of the files schools bring: bytes in, frozen rows and problems out; no ledger, no database."""
