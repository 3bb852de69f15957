"""A server that a browser test starts and kills by itself."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tools.serving import ROOT, wait_until_healthy


@contextmanager
def serving_at(port: int, **settings: str) -> Iterator[str]:
    """A server of its own at the port, killed at the end as by a power cut; its address.

    Args:
        port: a free one.
        settings: environment variables of its own.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "LANG": "C", **settings},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(address, process)
        yield address
    finally:
        process.kill()
        process.wait(timeout=10)
