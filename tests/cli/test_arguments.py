"""Arguments that cannot be used, options from the environment, and where reports go."""

import json
import pathlib
import sys
from collections.abc import Callable

import pytest

Run = Callable[..., tuple[int, str, str]]
Write = Callable[[str, str], str]

GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: good, labels: {app: web}}
spec:
  containers: [{name: a, image: "a:1"}]
"""

# arguments that cannot be used

REFUSED_ARGUMENTS = {
    "a version": (("lint", "--kubernetes-version", "1.2"), "--kubernetes-version"),
    "a gate": (("lint", "--feature-gates", "A"), "--feature-gates"),
    "a value of a gate": (("lint", "--feature-gates", "A=1"), "--feature-gates"),
    "an unknown gate": (
        ("place", "--feature-gates", "TaintTolerationComparisonOperator=true"),
        "the nearest name is TaintTolerationComparisonOperators",
    ),
    "a gate that is none": (("lint", "--feature-gates", "Zzz=true"), "leave it out"),
    "a selector": (("place", "-l", "a b"), "--selector"),
    "a rule": (("lint", "--select", "XY"), "--select"),
    "a format": (("lint", "--format", "sarif2"), "use one of json, text"),
    "two formats for stdout": (("lint", "--format", "json", "--format", "text"), "two formats"),
    "one file twice": (
        ("lint", "--format", "json", "--output", "a", "--format", "text", "--output", "a"),
        "two formats are for a",
    ),
    "more outputs than formats": (
        ("lint", "--output", "a", "--output", "b"),
        "2 outputs for 1 formats",
    ),
    "an inventory that is not there": (("place", "--nodes", "no.yaml"), "no.yaml"),
    "stdin twice": (("place", "-", "--nodes", "-"), "stdin is named twice"),
    "an option": (("lint", "--no-such"), "No such option"),
    "a command": (("lnt",), "lint"),
    "no command": ((), "Usage: dslint"),
    "a severity": (("lint", "--fail-on", "fatal"), "fatal"),
    "no node": (("explain", "a"), "Missing argument"),
}


@pytest.mark.parametrize(("arguments", "says"), REFUSED_ARGUMENTS.values(), ids=REFUSED_ARGUMENTS)
def test_an_argument_that_cannot_be_used_ends_in_2(
    arguments: tuple[str, ...], says: str, run: Run
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert says in err


# options from elsewhere, and where reports go


def test_the_environment_gives_options_by_their_flags(
    run: Run, write: Write, nodes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.yaml", GOOD)
    monkeypatch.setenv("DSLINT_NODES", nodes)
    monkeypatch.setenv("DSLINT_FORMAT", "json")
    monkeypatch.setenv("DSLINT_KUBERNETES_VERSION", "1.30")
    monkeypatch.setenv("DSLINT_FEATURE_GATES", "TaintTolerationComparisonOperators=true")
    monkeypatch.setenv("DSLINT_NO_CACHE", "1")
    monkeypatch.setenv("DSLINT_VERSION", "1.0")
    for command in ("place", "check"):
        data = json.loads(run(command)[1])
        assert data["kubernetesVersion"] == "1.30"
        assert data["inventory"]["nodes"] == 3
    assert run("place", "--format", "text")[1].startswith("Placement of 1 workload on 3 nodes")


def test_gates_are_read_as_kubernetes_reads_them(run: Run, write: Write) -> None:
    compare = GOOD + '  tolerations: [{key: a, operator: Lt, value: "5"}]\n'
    gates = ("--kubernetes-version", "1.36", "--feature-gates")
    gate = "TaintTolerationComparisonOperators"
    path = write("a.yaml", compare)
    assert run("lint", path, *gates, f"{gate}=true")[0] == 0
    assert run("lint", path, *gates, f" {gate}=False ,")[0] == 1


def test_reports_go_to_files_and_stdout(run: Run, write: Write, here: pathlib.Path) -> None:
    options = ("--format", "json", "--output", "r.json", "--format", "text")
    code, out, _ = run("lint", write("a.yaml", GOOD), *options)
    assert (code, out) == (0, "no findings in 1 file, 1 workload\n")
    assert json.loads((here / "r.json").read_text())["kind"] == "LintReport"
    assert sorted(path.name for path in here.iterdir()) == ["a.yaml", "r.json"]


def test_an_output_that_is_there_keeps_its_mode_and_its_link(
    run: Run, write: Write, here: pathlib.Path
) -> None:
    path = here / write("r.txt", "old")
    path.chmod(0o640)
    (here / "link").symlink_to("r.txt")
    run("lint", write("a.yaml", GOOD), "--output", "link")
    assert path.read_text() == "no findings in 1 file, 1 workload\n"
    assert (here / "link").is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("place", ["no/r.txt", "folder", "a.yaml/r.txt", "", "loop", "n" * 300])
def test_an_output_that_cannot_be_written_ends_in_2_before_anything_is_read(
    place: str, run: Run, write: Write, here: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(_request: object) -> None:
        raise AssertionError("something was read")

    monkeypatch.setattr("dslint.run.load", load)
    (here / "folder").mkdir()
    (here / "loop").symlink_to("loop")
    options = ("--format", "json", "--output", "r.json", "--format", "text", "--output", place)
    code, out, err = run("lint", write("a.yaml", GOOD), *options)
    assert (code, out) == (2, "")
    assert f"error: {place or repr(place)}: cannot write it: " in err
    assert sorted(path.name for path in here.iterdir()) == ["a.yaml", "folder", "loop"]


@pytest.mark.parametrize("mine", ["r.json", "."], ids=["the file", "its folder"])
def test_an_output_that_may_not_be_written_ends_in_2(
    mine: str, run: Run, write: Write, here: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("r.json", "old")
    refused = (here / mine).resolve()
    monkeypatch.setattr("os.access", lambda path, _mode: pathlib.Path(path).resolve() != refused)
    code, out, err = run("lint", write("a.yaml", GOOD), "--output", "r.json")
    assert (code, out) == (2, "")
    assert "error: r.json: cannot write it: permission denied" in err
    assert (here / "r.json").read_text() == "old"


def test_of_two_outputs_none_is_written_where_one_cannot_be(
    run: Run, write: Write, here: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: pathlib.Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:5])
        if path.name.endswith("-1.part"):
            raise OSError(28, "No space left on device")
        return 5

    monkeypatch.setattr(pathlib.Path, "write_bytes", full)
    options = ("--format", "json", "--output", "a.json", "--format", "text", "--output", "b.txt")
    code, out, err = run("lint", write("a.yaml", GOOD), write("b.txt", "old"), *options)
    assert (code, out) == (2, "")
    assert "error: b.txt: cannot write it: no space left on device" in err
    assert sorted(path.name for path in here.iterdir()) == ["a.yaml", "b.txt"]
    assert (here / "b.txt").read_text() == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="no /dev/null")
def test_a_device_is_written_to_as_it_is(run: Run, write: Write) -> None:
    assert run("lint", write("a.yaml", GOOD), "--output", "/dev/null")[0] == 0
    assert pathlib.Path("/dev/null").is_char_device()


@pytest.mark.parametrize("command", ["lint", "place", "check", "explain", "nodes", "rules"])
def test_every_command_has_help_and_version(command: str, run: Run) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert out.startswith(f"Usage: dslint {command} ")
    assert run(command, "--version") == (0, "dslint 0.1.0\n", "")


def test_the_program_has_help_and_version(run: Run) -> None:
    code, out, _ = run("-h")
    assert code == 0
    assert "explain" in out
    assert run("--version") == (0, "dslint 0.1.0\n", "")
