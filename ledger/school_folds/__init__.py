"""One small function an event, by the part of the school it is about; `ledger.school_fold` applies them.

`tables` are the mutable copies of School's tables; what is no table stands in `tables["scalars"]`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ledger.entry import Entry

Tables = dict[str, dict[Any, Any]]
Apply = Callable[[Tables, Any, Entry], None]
