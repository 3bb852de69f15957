"""Batches: the examples in the order of an epoch, cut into updates."""

import numpy as np

from engine.arrays import Array

_SEED_LIMIT = 2**64


class Batches:
    """Inputs and targets, feature-major, arranged for one epoch at a time.

    An epoch's order comes from the seed and the epoch's number alone, so that a position in a
    run is two integers.

    Attributes:
        inputs: for each batch (n_in + 1, rows), the last row ones; views of the arrangement.
        targets: for each batch (n_out, rows).
        epoch: the epoch that is arranged.
    """

    def __init__(
        self, X: Array, targets: Array, batch_size: int, seed: int | None, epoch: int
    ) -> None:
        """Arrange an epoch.

        Args:
            X: (n, n_in) inputs.
            targets: (n_out, n), prepared by the loss.
            batch_size: examples of a batch; the last one may have fewer.
            seed: 0..2**64-1, or None for the data's own order in every epoch.
            epoch: the first one to arrange.

        Raises:
            ValueError: no examples, unequal numbers of them, or a batch size or seed out of range.
        """
        if len(X) == 0 or len(X) != targets.shape[1]:
            raise ValueError(f"expected as many targets as inputs, got {targets.shape}, {X.shape}")
        if batch_size < 1:
            raise ValueError(f"expected a batch size of at least 1, got {batch_size}")
        if seed is not None and not 0 <= seed < _SEED_LIMIT:
            raise ValueError(f"expected a shuffle seed from 0 to 2**64 - 1, got {seed}")
        # Row by row, so that a batch is one stretch of memory: BLAS would copy anything else.
        self._all_inputs = np.column_stack([X, np.ones(len(X), X.dtype)])
        self._all_targets = np.ascontiguousarray(targets.T, dtype=X.dtype)
        self._inputs = self._all_inputs.copy()
        self._targets = self._all_targets.copy()
        self._identity = np.arange(len(X))
        self._order = self._identity.copy()
        starts = range(0, len(X), batch_size)
        self.inputs = tuple(self._inputs[s : s + batch_size].T for s in starts)
        self.targets = tuple(self._targets[s : s + batch_size].T for s in starts)
        self.rows = tuple(part.shape[1] for part in self.targets)
        self._seed = seed
        self._philox = np.random.Philox(key=seed or 0)
        self._generator = np.random.Generator(self._philox)
        self._start = self._philox.state
        self.epoch = -1
        self.arrange(epoch)

    def __len__(self) -> int:
        return len(self.rows)

    def arrange(self, epoch: int) -> None:
        """Put the examples into the order of ``epoch``; the views above then show it."""
        if epoch == self.epoch:
            return
        self.epoch = epoch
        if self._seed is None:
            return
        # A new generator for each epoch would cost as much as five updates.
        self._start["state"]["counter"][-1] = epoch
        self._philox.state = self._start
        np.copyto(self._order, self._identity)
        self._generator.shuffle(self._order)
        np.take(self._all_inputs, self._order, 0, self._inputs, "clip")
        np.take(self._all_targets, self._order, 0, self._targets, "clip")
