"""Writes the names of the IANA time zones to `dslint/data/time-zones.txt`, one on a line.

    .venv/bin/python scripts/build_time_zones.py

Run by a maintainer on a machine whose time zones are complete, the old names included (Debian's
tzdata and tzdata-legacy); the file is committed, so that an answer does not depend on where it is
given. An API server has these names built in: https://pkg.go.dev/time/tzdata
"""

from __future__ import annotations

import pathlib
import zoneinfo

FILE = pathlib.Path(__file__).parent.parent / "dslint" / "data" / "time-zones.txt"


def main() -> None:
    """Writes the file and prints how many zones there are."""
    names = sorted(zoneinfo.available_timezones() - {"localtime"})
    FILE.write_text("\n".join(names) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {len(names)} time zones")


if __name__ == "__main__":
    main()
