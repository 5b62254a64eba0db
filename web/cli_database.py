"""letopis migrate, letopis dsn."""

from __future__ import annotations

import argparse

from web.cluster import ClusterFailed
from web.config import Config
from web.database import open_database
from web.embedded import find_running
from web.prepare import migrate_database


def migrate(config: Config, _options: argparse.Namespace) -> int:
    with open_database(config) as dsns:
        applied = migrate_database(config, dsns)
    print(f"Применено файлов схемы: {applied}." if applied else "Схема уже новейшая.")
    return 0


def dsn(config: Config, _options: argparse.Namespace) -> int:
    """Print how to connect as the application's role: psql "$(letopis dsn)"."""
    if config.database_url is not None:
        print(config.database_url)
        return 0
    running = find_running(config.home)
    if running is None:
        raise ClusterFailed(f"База каталога {config.home} не запущена: сначала letopis serve.")
    print(running.app)
    return 0
