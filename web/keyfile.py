"""Secret keys in files of their own, outside the database (design 3: the master key of personal texts)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

KEY_BYTES = 32


class BadKey(Exception):
    """The key file is absent, unreadable or not a key; the sentence says what to do."""


def create_key(path: Path) -> None:
    """Write a new random key, readable by its owner only. An existing file is never overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")
        file.flush()
        # Texts are encrypted under it from the first entry: it must not be lost to a power cut.
        os.fsync(file.fileno())


def read_key(path: Path) -> bytes:
    """The 32 bytes of the key. Raises BadKey: a silently replaced key would make every text unreadable."""
    try:
        text = path.read_text(encoding="ascii").strip()
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise BadKey(f"Нет файла ключа {path}: верните его из сохранённой копии.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadKey(f"Файл ключа {path} не читается: {error}") from error
    if mode & 0o077:
        raise BadKey(f"Файл ключа {path} открыт другим пользователям: chmod 600.")
    try:
        key = bytes.fromhex(text)
    except ValueError as error:
        raise BadKey(f"В файле {path} не ключ: нужны 64 шестнадцатеричные цифры.") from error
    if len(key) != KEY_BYTES:
        raise BadKey(f"В файле {path} не ключ: нужны 64 шестнадцатеричные цифры, найдено {len(text)}.")
    return key
