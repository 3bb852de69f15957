"""The command line: its help, and what it says when it cannot start."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools.serving import ROOT, free_port


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


@pytest.mark.parametrize(("display", "opened"), [(":9", True), ("", False)])
def test_a_browser_opens_where_there_is_a_display(
    tmp_path: Path, display: str, opened: bool
) -> None:
    """The address is printed once the server answers, and opened only where it can be seen."""
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\necho "browser: $1"\n')
    browser.chmod(0o755)
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "--open", "--port", str(port)],
        cwd=ROOT,
        env={"BROWSER": f"{browser} %s", "DISPLAY": display, "LANG": "C", "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    lines = [process.stdout.readline() for _ in range(2 if opened else 1)]
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=10)

    assert address in lines[0]
    assert lines[1:] == ([f"browser: {address}\n"] if opened else [])
    assert rest == ""
    assert process.returncode == 0
