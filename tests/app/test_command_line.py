"""The command line: its help, and what it says when it cannot start."""

import socket
import subprocess
import sys

import pytest

from tests.conftest import ROOT


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs ``python -m app`` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env={"PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize(("locale", "word"), [("C", "browser"), ("zh_CN.UTF-8", "浏览器")])
def test_help_speaks_the_language_of_the_terminal(locale: str, word: str) -> None:
    """--help lists the options in English or Chinese."""
    helped = run("--help", LANG=locale)

    assert helped.returncode == 0
    assert "--port" in helped.stdout
    assert word in helped.stdout


def test_a_port_in_use_is_one_clear_line() -> None:
    """It names the port and the way out; there is no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = run("--port", port)

    assert refused.returncode == 1
    assert refused.stdout == ""
    assert len(refused.stderr.splitlines()) == 1
    assert port in refused.stderr


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.1"])
def test_a_host_that_is_not_ours_is_one_clear_line(host: str) -> None:
    """A name that nobody knows and an address of somebody else's are told apart by the reason."""
    refused = run("--host", host, "--port", "0")

    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert host in refused.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("GX_PORT", "eighty"), ("GX_LOG_LEVEL", "loud"), ("GX_SLICE_MS", "-1")]
)
def test_a_setting_that_does_not_fit_is_one_clear_line(name: str, value: str) -> None:
    """The line names the variable and what it holds."""
    refused = run(**{name: value})

    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert name in refused.stderr
    assert value in refused.stderr
