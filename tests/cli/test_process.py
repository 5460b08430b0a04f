"""The program as a process: pipes, terminals, colours, crashes, and what start-up loads."""

import os
import pathlib
import subprocess
import sys
from collections.abc import Callable, Mapping

import pytest

from dslint.cli import main

Write = Callable[[str, str], str]

GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: good}
spec:
  containers: [{name: a, image: "a:1"}]
"""
REFUSED = GOOD + "  tolerations: [{key: a, operator: Exist}]\n"


def environment(**variables: str) -> Mapping[str, str]:
    """This process's variables without those that colour or configure, and some of one's own."""
    unwanted = ("NO_COLOR", "FORCE_COLOR", "CI", "COLUMNS", "TERM")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in unwanted and not name.startswith("DSLINT_")
    }
    return {**kept, "TERM": "xterm", **variables}


def program(
    *arguments: str, text: bytes = b"", **variables: str
) -> subprocess.CompletedProcess[str]:
    """`python -m dslint` with a pipe for stdin, stdout and stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "dslint", *arguments],
        input=text,
        capture_output=True,
        env=environment(**variables),
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def test_stdin_is_judged() -> None:
    done = program("lint", "-", "--select", "DS201", text=REFUSED.encode())
    assert done.returncode == 1
    assert done.stdout.startswith("-:6:36: error DS201 ")


def test_the_inventory_may_come_from_stdin(write: Write, nodes: str) -> None:
    write("a.yaml", GOOD)
    done = program("place", "a.yaml", "--nodes", "-", text=pathlib.Path(nodes).read_bytes())
    assert done.returncode == 0
    assert done.stdout.startswith("Placement of 1 workload on 3 nodes of -, ")


@pytest.mark.skipif(sys.platform == "win32", reason="the pipes of a POSIX shell")
@pytest.mark.parametrize("command", ["lint", "place --format json"])
def test_a_reader_that_goes_away_is_no_error(command: str, write: Write) -> None:
    write("a.yaml", "---\n".join([REFUSED] * 500))
    shell = f"set -o pipefail; {sys.executable} -m dslint {command} a.yaml | head -n 1"
    done = subprocess.run(
        ["bash", "-c", shell], capture_output=True, text=True, env=environment(), check=False
    )
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
    assert done.returncode == (1 if command == "lint" else 0)


def closing(descriptor: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`python -m dslint` without stdin (0) or stdout (1)."""
    operator = "<&-" if descriptor == 0 else ">&-"
    shell = f'"$@" {operator}'
    command = [sys.executable, "-m", "dslint", *arguments]
    return subprocess.run(
        ["bash", "-c", shell, "dslint", *command],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )


CLOSED = {
    "stdin for manifests": (0, ("lint", "-"), 2, "error: -: cannot be read: bad file descriptor"),
    "stdin for nodes": (0, ("place", "a.yaml", "--nodes", "-"), 2, "error: -: cannot read it"),
    "stdout": (1, ("lint", "a.yaml"), 1, "note: rules that need an inventory are left out"),
    "stdout of JSON": (1, ("place", "a.yaml", "--format", "json"), 0, "note: no inventory"),
    "stdout of help": (1, ("lint", "--help"), 0, ""),
}


@pytest.mark.skipif(sys.platform == "win32", reason="the descriptors of a POSIX shell")
@pytest.mark.parametrize(("descriptor", "arguments", "code", "says"), CLOSED.values(), ids=CLOSED)
def test_what_is_closed_is_no_bug(
    descriptor: int, arguments: tuple[str, ...], code: int, says: str, write: Write
) -> None:
    write("a.yaml", REFUSED)
    done = closing(descriptor, *arguments)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert says in done.stderr


COMMANDS = {
    "help": ("--help",),
    "help of a command": ("lint", "--help"),
    "version": ("--version",),
    "lint": ("lint", "a.yaml"),
    "explain": ("explain", "good", "control-plane-1"),
}


def into(target: int, stream: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program with stdout or stderr going into a descriptor, and a pipe for the other."""
    return subprocess.run(
        [sys.executable, "-m", "dslint", *arguments],
        stdout=target if stream == "stdout" else subprocess.PIPE,
        stderr=target if stream == "stderr" else subprocess.PIPE,
        text=True,
        env=environment(),
        check=False,
    )


def into_full(stream: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    with pathlib.Path("/dev/full").open("wb") as full:
        return into(full.fileno(), stream, *arguments)


needs_full = pytest.mark.skipif(not pathlib.Path("/dev/full").exists(), reason="no full device")


@needs_full
@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_a_full_disk_is_said(arguments: tuple[str, ...], write: Write) -> None:
    write("a.yaml", GOOD)
    done = into_full("stdout", *arguments)
    assert done.returncode == 2
    assert "error: stdout: cannot write it: no space left on device\n" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@needs_full
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(("lint", "a.yaml"), 0, id="a note"),
        pytest.param(("lint", "b.yaml"), 2, id="an error"),
        pytest.param(("lint", "--what"), 2, id="an option that there is none of"),
        pytest.param((), 2, id="no command"),
        pytest.param(("lint", "a.yaml", "--format", "csv"), 2, id="a bad argument"),
    ],
)
def test_a_stderr_that_is_full_changes_nothing(
    arguments: tuple[str, ...], code: int, write: Write
) -> None:
    write("a.yaml", GOOD)
    assert into_full("stderr", *arguments).returncode == code


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of a POSIX shell")
@pytest.mark.parametrize(
    ("stream", "arguments"),
    [*(("stdout", one) for one in COMMANDS.values()), ("stderr", COMMANDS["lint"])],
    ids=[*COMMANDS, "a note"],
)
def test_a_pipe_without_a_reader_is_no_error(
    stream: str, arguments: tuple[str, ...], write: Write
) -> None:
    write("a.yaml", GOOD)
    read, unread = os.pipe()
    os.close(read)
    try:
        done = into(unread, stream, *arguments)
    finally:
        os.close(unread)
    assert done.returncode == 0
    assert "Traceback" not in f"{done.stdout}{done.stderr}"
    assert "Broken" not in f"{done.stdout}{done.stderr}"


@pytest.mark.skipif(not pathlib.Path("/dev/stdout").exists(), reason="no such device")
def test_stdout_may_be_named_as_a_device(write: Write) -> None:
    write("a.yaml", GOOD)
    done = program("lint", "a.yaml", "--output", "/dev/stdout")
    assert (done.returncode, done.stdout) == (0, "no findings in 1 file, 1 workload\n")


def test_what_may_not_be_read_does_not_stop_the_rest(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # What click would ask before anything is judged.
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    with pytest.raises(SystemExit) as left:
        main(["lint", write("a.yaml", GOOD)])
    assert left.value.code == 0
    assert capsys.readouterr().out == "no findings in 1 file, 1 workload\n"


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="this user may read everything"
)
def test_a_folder_without_permission_ends_in_2(write: Write, here: pathlib.Path) -> None:
    write("shut/a.yaml", GOOD)
    write("b.yaml", REFUSED)
    (here / "shut").chmod(0)
    done = program("lint")
    (here / "shut").chmod(0o700)
    assert done.returncode == 2
    assert "b.yaml:6:36: error DS201" in done.stdout
    assert "error: shut: cannot be read: permission denied" in done.stderr


COLOURS = {
    "a pipe": ({}, False),
    "forced": ({"FORCE_COLOR": "1"}, True),
    "forced in CI": ({"FORCE_COLOR": "1", "CI": "true"}, True),
    "forced and forbidden": ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    "forced to nothing": ({"FORCE_COLOR": ""}, False),
}


@pytest.mark.parametrize(("variables", "coloured"), COLOURS.values(), ids=COLOURS)
def test_colour_in_a_pipe(variables: Mapping[str, str], coloured: bool, write: Write) -> None:
    write("a.yaml", GOOD)
    done = program("place", "a.yaml", **variables)
    assert ("\x1b[" in done.stdout) == coloured
    assert "\x1b[" not in program("place", "a.yaml", "--format", "json", **variables).stdout
    assert "  1 node: " in done.stdout.replace("\x1b[33m", "").replace("\x1b[0m", "")


def test_colour_keeps_to_the_columns_it_is_told(write: Write) -> None:
    write("a.yaml", GOOD)
    done = program("place", "a.yaml", FORCE_COLOR="1", COLUMNS="20")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 50


TERMINALS = {
    "colours": ({}, 80, True),
    "narrow": ({}, 20, True),
    "forbidden": ({"NO_COLOR": "1"}, 80, False),
    "dumb": ({"TERM": "dumb"}, 80, False),
    "of a CI run": ({"CI": "true"}, 80, False),
}


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals")
@pytest.mark.parametrize(("variables", "columns", "coloured"), TERMINALS.values(), ids=TERMINALS)
def test_a_terminal(
    variables: Mapping[str, str], columns: int, coloured: bool, write: Write
) -> None:
    write("a.yaml", GOOD)
    shown = on_terminal(["place", "a.yaml"], columns, environment(**variables))
    assert ("\x1b[" in shown) == coloured
    assert "Traceback" not in shown
    if variables == {"NO_COLOR": "1"}:
        assert max(map(len, shown.splitlines())) <= columns


def on_terminal(arguments: list[str], columns: int, variables: Mapping[str, str]) -> str:
    """What the program prints to a pseudo terminal of that width."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with subprocess.Popen(
        [sys.executable, "-m", "dslint", *arguments],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env=variables,
    ) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
        process.wait()
    os.close(ours)
    return shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so where the other side has closed
        return b""


def test_a_bug_shows_its_traceback_and_how_to_report_it(write: Write) -> None:
    write("a.yaml", GOOD)
    broken = "import sys; from dslint import cli, manifests; manifests.load = None; cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", broken, "lint", "a.yaml"],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" in done.stderr
    assert "this is a bug in dslint: please report it" in done.stderr.splitlines()[-1]


def test_an_interrupt_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(request: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dslint.run.lint", interrupted)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    with pytest.raises(SystemExit) as left:
        main(["lint"])
    assert left.value.code == 130
    with pytest.raises(SystemExit) as left:
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert left.value.code == 130


LOADED = {
    ("--version",): ("dslint.model", "dslint.run", "yaml", "rich"),
    ("lint", "a.yaml"): ("rich", "jsonschema", "ruamel.yaml", "dslint.placer", "pathspec"),
    ("place", "a.yaml"): ("rich", "jsonschema", "ruamel.yaml"),
}


@pytest.mark.parametrize(("arguments", "unwanted"), LOADED.items(), ids=lambda value: value[0])
def test_start_up_loads_nothing_that_is_not_needed(
    arguments: tuple[str, ...], unwanted: tuple[str, ...], write: Write
) -> None:
    write("a.yaml", GOOD)
    code = (
        "import sys; from dslint.cli import main\n"
        f"try: main({list(arguments)!r})\n"
        f"finally: print([name for name in {unwanted!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr.splitlines()[-1] == "[]"
