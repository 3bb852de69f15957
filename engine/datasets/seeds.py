"""Random streams from a seed that a person typed."""

import hashlib

import numpy as np


def stream(seed: str, purpose: str) -> np.random.Generator:
    """A generator for one purpose, independent of those for other purposes and seeds.

    The first 16 bytes of SHA-256 over ``purpose``, a zero byte and the seed in UTF-8, read as a
    little-endian number, seed NumPy's default generator. Python's own ``hash`` would not do: it
    differs from process to process.
    """
    digest = hashlib.sha256(f"{purpose}\0{seed}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:16], "little"))
