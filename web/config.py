"""Configuration: read once from the environment, validated, handed down (docs/configuration.md)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

KNOWN = frozenset(
    {
        "LETOPIS_EMERGENCY_DIR",
        "LETOPIS_HOME",
        "LETOPIS_HOST",
        "LETOPIS_IDLE_MINUTES",
        "LETOPIS_LOG",
        "LETOPIS_MASTER_KEY_FILE",
        "LETOPIS_MIGRATOR_URL",
        "LETOPIS_PRINT_FONT",
        "LETOPIS_PROXIES",
        "LETOPIS_SERVICE",
    }
)
LOG_FORMATS = ("console", "json")
# the state service the diary is a part of (order of the Government 729-р)
SERVICE = (
    "Предоставление информации о текущей успеваемости учащегося, ведение электронного дневника"
    " и электронного журнала успеваемости"
)


class BadConfig(Exception):
    """A sentence for whoever starts the program: which variable, what is wrong, what to write."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """Where the data lies and where the journal is served.

    `database_url` is the application's role and `migrator_url` the migrator's, both of an external
    PostgreSQL; both None: the embedded one under `home` is used. `idle_minutes` of silence lock a session;
    `proxies` is how many trusted proxies stand in front (0: the peer's own address counts). `print_font`: the files
    papers are set in, regular and bold; none: PT Serif.
    """

    home: Path
    host: str
    port: int
    master_key_file: Path
    log_format: str
    database_url: str | None
    migrator_url: str | None
    idle_minutes: int = 15
    proxies: int = 0
    print_font: tuple[Path, ...] = ()
    emergency_dir: Path | None = None
    service: str = SERVICE

    @property
    def emergency(self) -> Path:
        """Where the nightly paper packs lie: best on another machine's disk (R-198)."""
        return self.emergency_dir or self.home / "emergency"

    @property
    def embedded(self) -> bool:
        return self.database_url is None


def read_config(environ: Mapping[str, str]) -> Config:
    """The configuration the environment describes; raises BadConfig. Empty values count as absent."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    _refuse_unknown(given)
    home = _absolute("LETOPIS_HOME", given.get("LETOPIS_HOME", "~/.local/share/letopis"))
    key, packs = given.get("LETOPIS_MASTER_KEY_FILE"), given.get("LETOPIS_EMERGENCY_DIR")
    config = Config(
        home=home,
        host=given.get("LETOPIS_HOST", "127.0.0.1"),
        port=read_port(given.get("PORT", "8080")),
        master_key_file=_absolute("LETOPIS_MASTER_KEY_FILE", key) if key else home / "master.key",
        log_format=_one_of("LETOPIS_LOG", given.get("LETOPIS_LOG", LOG_FORMATS[0]), LOG_FORMATS),
        database_url=_postgres_url("DATABASE_URL", given.get("DATABASE_URL")),
        migrator_url=_postgres_url("LETOPIS_MIGRATOR_URL", given.get("LETOPIS_MIGRATOR_URL")),
        idle_minutes=_whole("LETOPIS_IDLE_MINUTES", given.get("LETOPIS_IDLE_MINUTES", "15"), 1, 480),
        print_font=_fonts(given.get("LETOPIS_PRINT_FONT", "")),
        proxies=_whole("LETOPIS_PROXIES", given.get("LETOPIS_PROXIES", "0"), 0, 5),
        emergency_dir=_absolute("LETOPIS_EMERGENCY_DIR", packs) if packs else None,
        service=given.get("LETOPIS_SERVICE", SERVICE),
    )
    if config.migrator_url and not config.database_url:
        raise BadConfig("LETOPIS_MIGRATOR_URL задан, а DATABASE_URL нет: задайте оба или ни одного.")
    return config


def read_port(text: str) -> int:
    """A TCP port, 1 to 65535; raises BadConfig."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise BadConfig(f"PORT={text!r}: нужен номер порта от 1 до 65535.")
    return int(text)


def _whole(name: str, text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise BadConfig(f"{name}={text!r}: нужно целое число от {least} до {most}.")
    return int(text)


def _refuse_unknown(given: Mapping[str, str]) -> None:
    # A misspelt variable that is silently ignored leaves the journal in the wrong place.
    unknown = sorted(name for name in given if name.startswith("LETOPIS_") and name not in KNOWN)
    if unknown:
        raise BadConfig(f"Неизвестная переменная {', '.join(unknown)}; известны: {', '.join(sorted(KNOWN))}.")


def _absolute(name: str, text: str) -> Path:
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:  # "~nosuchuser", or no home directory at all
        raise BadConfig(f"{name}={text!r}: нет такого домашнего каталога; задайте полный путь.") from error


def _fonts(text: str) -> tuple[Path, ...]:
    """One TrueType file, or the regular face and the bold with the system's separator of paths between them."""
    files = tuple(_absolute("LETOPIS_PRINT_FONT", each) for each in text.split(os.pathsep) if each)
    for file in files:
        if not file.is_file():
            raise BadConfig(f"LETOPIS_PRINT_FONT: нет файла {file}.")
    if len(files) > 2:
        raise BadConfig("LETOPIS_PRINT_FONT: назовите файл обычного начертания и, если есть, полужирного.")
    return files


def _one_of(name: str, text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise BadConfig(f"{name}={text!r}: можно {' или '.join(allowed)}.")
    return text


def _postgres_url(name: str, text: str | None) -> str | None:
    # The value may carry a password, so the sentence does not repeat it.
    if text is not None and urlsplit(text).scheme not in ("postgresql", "postgres"):
        raise BadConfig(f"{name}: нужен адрес вида postgresql://роль:пароль@сервер/база.")
    return text
