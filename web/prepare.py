"""What must be so before anything is served: schema, durable server, master key."""

from __future__ import annotations

import psycopg
import structlog

from ledger.migrate import check_server, check_version, load_migrations, migrate
from web.cluster import Dsns
from web.config import BadConfig, Config
from web.keyfile import create_key, read_key

log = structlog.get_logger(__name__)


def migrate_database(config: Config, dsns: Dsns) -> int:
    """Bring the schema up to this program; how many files were applied. Raises SchemaMismatch, BadConfig."""
    if dsns.migrator is None:
        raise BadConfig("Для letopis migrate задайте LETOPIS_MIGRATOR_URL: адрес с ролью letopis_migrator.")
    applied = migrate(dsns.migrator, load_migrations())
    for migration in applied:
        log.info("schema applied", number=migration.number, name=migration.name)
    # Only together with an empty database: beside one that holds texts a new key would hide that the
    # old one is lost.
    if any(migration.number == 1 for migration in applied) and not config.master_key_file.exists():
        create_key(config.master_key_file)
        log.info("master key created", file=str(config.master_key_file))
    return len(applied)


def check_ready(config: Config, dsns: Dsns) -> None:
    """Raises SchemaMismatch, UnsafeServer, BadKey, psycopg.Error."""
    with psycopg.connect(dsns.app) as connection:
        check_server(connection)
        check_version(connection, load_migrations())
    read_key(config.master_key_file)
