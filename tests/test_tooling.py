"""The files that make the two commands work on a fresh machine."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def normalized(name: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(requirements: list[str]) -> dict[str, str]:
    """Package and version of each ``name[extra]==version``."""
    found = {}
    for requirement in requirements:
        name, exact, version = requirement.partition("==")
        assert exact, f"{requirement} is not pinned"
        found[normalized(name.partition("[")[0])] = version
    return found


def constraints() -> dict[str, str]:
    """The pins of constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return pins([line for line in lines if not line.startswith("#")])


def test_direct_dependencies_are_pinned_as_the_constraints_say() -> None:
    """pyproject.toml and constraints.txt name one version."""
    project = PYPROJECT["project"]
    extras = project["optional-dependencies"].values()
    direct = [*project["dependencies"], *chain.from_iterable(extras)]

    assert pins(direct).items() <= constraints().items()


def test_every_direct_dependency_has_its_reason() -> None:
    """The decision record names each package that readers install."""
    record = (ROOT / "docs" / "adr" / "0002-dependencies.md").read_text().lower()

    for name in pins(PYPROJECT["project"]["dependencies"]):
        assert name in record


def test_lock_files_name_no_address() -> None:
    """Whoever installs chooses the index: no pin says where a package comes from."""
    lock = (ROOT / "package-lock.json").read_text()

    assert "://" not in lock + (ROOT / "constraints.txt").read_text()
    for path, package in json.loads(lock)["packages"].items():
        assert not path or package["integrity"].startswith("sha512-")


def test_package_json_pins_exact_versions() -> None:
    """No range that would bring another version tomorrow."""
    package = json.loads((ROOT / "package.json").read_text())

    assert all(re.fullmatch(r"\d+\.\d+\.\d+", v) for v in package["devDependencies"].values())


def refusal(tmp_path: Path, python: str) -> str:
    """What tools/environment.sh says where each Python is the given shell script."""
    names = ("python", "python3", "python3.11", "python3.12", "python3.13")
    commands = tmp_path / "bin"
    commands.mkdir()
    for name in names:
        (commands / name).write_text(f"#!/bin/sh\n{python}\n")
        (commands / name).chmod(0o755)
    for name in ("rm", "mkdir", "dirname"):
        (commands / name).symlink_to(str(shutil.which(name)))
    here = tmp_path / "a folder"
    here.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHON"}
    refused = subprocess.run(
        ["/bin/sh", ROOT / "tools" / "environment.sh"],
        cwd=here,
        env=environment | {"PATH": str(commands)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert refused.stdout == ""
    assert len(refused.stderr.splitlines()) == 1
    return refused.stderr


def test_a_python_that_is_too_old_is_one_clear_line(tmp_path: Path) -> None:
    """It says what is needed, what was found, and how to name another."""
    said = refusal(tmp_path, '[ "$1" = --version ] && echo "Python 3.9.2" && exit; exit 1')

    assert "Python 3.11" in said
    assert "Python 3.9.2" in said
    assert "PYTHON=" in said


def test_a_python_without_venv_is_one_clear_line(tmp_path: Path) -> None:
    """It names the package that brings the module."""
    said = refusal(
        tmp_path,
        'case "$*" in --version) echo "Python 3.11.2";; *ensurepip*) exit 1;; *) exit 0;; esac',
    )

    assert "python3-venv" in said


@pytest.mark.parametrize("script", ["tools/environment.sh", "tools/node.sh", ".ci/run"])
def test_scripts_are_executable_and_stop_at_the_first_failure(script: str) -> None:
    """A step that fails is never followed by the next one."""
    path = ROOT / script

    assert os.access(path, os.X_OK)
    assert re.search(r"^set -eu", path.read_text(), re.MULTILINE)
