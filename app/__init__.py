"""Everything that knows a browser exists: the web application around the engine."""

import os

# Before anything imports NumPy: our matrices are small, one worker computes at a time, and with
# one thread the numbers cannot depend on how many cores a machine has.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
