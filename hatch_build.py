"""Makes the rule pack when a wheel is built.

The rule files of rules/ go in, and one file that is read at each start in their place goes into
the wheel (dslint/data/rules.json); the files themselves go along for people to read. A rule file
that cannot be used stops the build. An editable install reads rules/ itself and needs no pack.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RulePack(BuildHookInterface[BuilderConfig]):
    """The hook that hatchling finds here: the one class that a library asks for."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the pack to the wheel. Raises InputError for a rule file that cannot be used."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from dslint import rulebook  # only a build needs it, and it stands beside this file

        rules = Path(self.root) / "rules"
        pack = Path(self.root) / "build" / rulebook.PACK.name
        pack.parent.mkdir(exist_ok=True)
        pack.write_bytes(rulebook.pack(rules))
        build_data["force_include"] |= {
            str(pack): f"dslint/data/{pack.name}",
            str(rules): "dslint/data/rules",
        }
