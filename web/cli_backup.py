"""letopis backup FILE, letopis restore FILE."""

from __future__ import annotations

import argparse
from pathlib import Path

from web.backup import back_up, keys_file, restore_backup
from web.config import Config
from web.database import open_database


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="ФАЙЛ", help="файл копии; ключи лежат рядом в ФАЙЛ.keys")


def backup(config: Config, options: argparse.Namespace) -> int:
    with open_database(config) as dsns:
        back_up(dsns, options.file)
    print(f"Копия: {options.file}; ключи персональных текстов: {keys_file(options.file)}.")
    print(f"Главного ключа {config.master_key_file} в копии нет: храните его отдельно от обеих.")
    return 0


def restore(config: Config, options: argparse.Namespace) -> int:
    with open_database(config) as dsns:
        with_keys = restore_backup(dsns, options.file)
    print("Копия восстановлена." if with_keys else "Копия восстановлена без ключей: тексты о людях скрыты.")
    if not config.master_key_file.exists():
        print(f"Верните главный ключ в {config.master_key_file}: без него журнал не откроется.")
    return 0
