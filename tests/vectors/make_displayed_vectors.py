"""Write ``displayed.safetensors``: every number that the page shows of an update, by PyTorch.

Run from the repository's root, in an environment with torch, after a change of the cases or of the
examples to start from: ``python -m tests.vectors.make_displayed_vectors``.
"""

from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from tests.vectors.displayed_cases import all_cases
from tests.vectors.torch_displayed import VERSION, displayed

VECTORS = Path(__file__).parent / "displayed.safetensors"


def main() -> None:
    """All cases into one file, names as case/array."""
    found = {
        f"{case.name}/{name}": np.array(array, np.float64, order="C")
        for case in all_cases()
        for name, array in displayed(case).items()
    }
    save_file(found, VECTORS, metadata={"torch": VERSION})


if __name__ == "__main__":
    main()
