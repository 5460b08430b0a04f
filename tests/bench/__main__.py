"""`python -m tests.bench [NAME]...`: prints the figures of every bench_<name>.py here."""

import importlib
import pathlib
import platform
import sys

HERE = pathlib.Path(__file__).parent


def main(names: list[str]) -> None:
    found = sorted(path.stem for path in HERE.glob("bench_*.py"))
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    for bench in found:
        if names and bench.removeprefix("bench_") not in names:
            continue
        print(f"\n{bench.removeprefix('bench_')}")
        for figure in importlib.import_module(f"tests.bench.{bench}").figures():
            print(f"  {figure.what:62} {figure.value:14,.2f} {figure.unit}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
