"""Write ``torch.safetensors``: what PyTorch computes for every parity case.

Run from the repository's root, in an environment with torch, after a change of the cases:
``python -m tests.vectors.make_torch_vectors``.
"""

from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from tests.vectors import parity, torch_reference

VECTORS = Path(__file__).parent / "torch.safetensors"


def main() -> None:
    """Draw the inputs once, train all cases, write both."""
    given = {outputs: parity.draw(outputs) for outputs in (1, 3)}
    tensors = {f"given/{k}/{name}": a for k, draw in given.items() for name, a in draw.items()}
    for case in parity.all_cases():
        results = torch_reference.train(case, given[case.shape[-1]])
        for name, array in results.items():
            if not np.isfinite(array).all():
                raise ValueError(f"expected a stable training, got {name} of {case.name}: {array}")
            tensors[f"{case.name}/{name}"] = np.ascontiguousarray(array)
    save_file(tensors, VECTORS, metadata={"torch": torch_reference.VERSION})


if __name__ == "__main__":
    main()
