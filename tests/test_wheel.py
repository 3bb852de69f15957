"""The steps of the Dockerfile: build a wheel, install it alone, serve as a plain user, train."""

import json
import os
import pwd
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from safetensors.numpy import load
from websockets.sync.client import connect

from tools.serving import ROOT, free_port, wait_until_healthy

PIP = ["-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
PACKED = ("app", "engine", "static", "templates")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the Dockerfile copies, away from the checkout."""
    source = tmp_path_factory.mktemp("source")
    for name in PACKED:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "constraints.txt", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    return source


@pytest.fixture(scope="module")
def installed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing but the wheel and its dependencies; open to other users."""
    environment = tmp_path_factory.mktemp("installed")
    wheels = tmp_path_factory.mktemp("wheels")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", wheels, source],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    subprocess.run([_interpreter(), "-m", "venv", environment], check=True)
    constraints = ["--constraint", str(source / "constraints.txt")]
    subprocess.run(
        [environment / "bin" / "python", *PIP, "install", *constraints, *wheels.glob("*.whl")],
        check=True,
        cwd=wheels,
    )
    for directory in (environment, *list(environment.parents)[:2]):
        directory.chmod(0o755)
    return environment


@pytest.fixture(scope="module")
def url(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the installed server, run without privileges from a foreign directory."""
    port = free_port()
    process = subprocess.Popen(
        [installed / "bin" / "gradient-express"],
        cwd="/",
        env={"GX_PORT": str(port), "GX_HOST": "127.0.0.1", "PATH": os.environ["PATH"]},
        user=_plain_user(),
        group=_plain_user(),
        extra_groups=None if _plain_user() is None else [],
    )
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def _plain_user() -> int | None:
    """The id of nobody where we are root, else None: we are a plain user ourselves."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def _interpreter() -> str:
    """A Python that the plain user can run: ours may lie in root's own home."""
    usable = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"
    candidates = [os.path.realpath(sys.executable), "/usr/bin/python3", "/usr/local/bin/python3"]
    for candidate in candidates:
        try:
            subprocess.run([candidate, "-c", usable], check=True, cwd="/", user=_plain_user())
        except (OSError, subprocess.CalledProcessError):
            continue
        return candidate
    raise RuntimeError(f"no Python that a plain user can run among {candidates}")


class Files(HTMLParser):
    """Collects the addresses that a page loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the addresses of one element."""
        if tag in ("link", "script", "img"):
            self.found += [value for name, value in attrs if name in ("href", "src") and value]


def text(address: str) -> str:
    """The body at an address, as a Chinese reader gets it."""
    with urlopen(Request(address, headers={"Accept-Language": "zh-CN"}), timeout=10) as response:
        body: bytes = response.read()
    return body.decode()


def test_page_comes_with_all_its_files(url: str) -> None:
    """Templates, catalogues and static files are in the wheel."""
    page = text(f"{url}/")
    files = Files(page).found

    assert '<html lang="zh-Hans"' in page
    assert any(file.endswith("/packs/playground.js") for file in files)
    for file in files:
        assert text(url + file)


def test_wheel_has_every_static_file(installed: Path) -> None:
    """Modules that are loaded later are packed as well."""
    package = next(installed.glob("lib/*/site-packages/app"))
    for name in ("static", "templates"):
        wanted = {p.relative_to(ROOT / name) for p in (ROOT / name).rglob("*") if p.is_file()}
        packed = {p.relative_to(package / name) for p in (package / name).rglob("*") if p.is_file()}

        assert packed == wanted


def test_it_trains(url: str) -> None:
    """The installed server streams a learning network."""
    steps: list[int] = []
    with connect(url.replace("http", "ws") + "/ws", max_size=None) as socket:
        for command in (
            {"command": "hello"},
            {"command": "credit", "frames": 8},
            {"command": "play", "pace": {"unit": "full", "rate": 1}},
        ):
            socket.send(json.dumps(command))
        deadline = time.monotonic() + 20
        while len(steps) < 4 and time.monotonic() < deadline:
            message = socket.recv(timeout=10)
            if isinstance(message, bytes) and b'"kind":"frame"' in message[:4096].replace(
                b" ", b""
            ):
                steps.append(frame_step(message))

    assert len(steps) == 4
    assert steps[-1] > steps[0]


def frame_step(message: bytes) -> int:
    """The step number of a frame, read with the safetensors package."""
    header = json.loads(message[8 : 8 + int.from_bytes(message[:8], "little")])
    names = header["__metadata__"]["scalars"].split(",")
    return int(load(message)["scalars"][names.index("step")])


def test_health_check_of_the_image_asks_the_server(url: str, installed: Path) -> None:
    """What Docker runs succeeds beside a server that works, and fails without one."""
    dockerfile = (ROOT / "Dockerfile").read_text()
    check = re.search(r"HEALTHCHECK.*?CMD (\[.*?\])\n", dockerfile, re.DOTALL)
    assert check
    _, flag, program = json.loads(check[1])
    statuses = [
        subprocess.run(
            [installed / "bin" / "python", flag, program],
            env={"GX_PORT": port},
            stderr=subprocess.DEVNULL,
            check=False,
        ).returncode
        for port in (url.rpartition(":")[2], str(free_port()))
    ]

    assert statuses == [0, 1]


def test_help_needs_no_server(installed: Path) -> None:
    """The console script explains itself, in the language of the terminal."""
    helped = subprocess.run(
        [installed / "bin" / "gradient-express", "--help"],
        check=True,
        capture_output=True,
        cwd="/",
        env={"LANG": "zh_CN.UTF-8", "PYTHONUTF8": "1"},
    ).stdout.decode()

    assert "--port" in helped
    assert re.search(r"[一-鿿]", helped)


def test_dockerfile_copies_what_is_tested_here() -> None:
    """The image is built from the same parts."""
    dockerfile = (ROOT / "Dockerfile").read_text()

    for name in PACKED:
        assert f"COPY {name} {name}\n" in dockerfile
    assert "HEALTHCHECK" in dockerfile
    assert re.search(r"^USER (?!root)", dockerfile, re.MULTILINE)
