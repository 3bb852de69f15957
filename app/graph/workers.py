"""The room's worker processes: texts of strangers run beside the server, never inside it."""

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from app.graph.requests import AnyRequest
from app.graph.work import begin, ready, work

MOST_WORKERS = 2
# Requests under way; a page has one at a time, so this is a full lecture hall.
MOST_WAITING = 64


class TooBusyError(Exception):
    """More requests wait than would be answered in good time, or a worker died."""


class Workers:
    """A few processes that answer the room's requests. They start when they are first needed."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._waiting = 0

    def warm(self) -> None:
        """Start a process, so that the first request need not wait for it."""
        if self._pool is None:
            self._started().submit(ready)

    async def answer(self, request: AnyRequest, language: str) -> bytes:
        """The answer to a request, as gzipped JSON.

        Raises:
            TooBusyError: it was not even tried, or its process died.
        """
        if self._waiting >= MOST_WAITING:
            raise TooBusyError
        self._waiting += 1
        try:
            return await asyncio.wrap_future(self._started().submit(work, request, language))
        except BrokenProcessPool:
            self.close()
            raise TooBusyError from None
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """End the processes, each after what it is doing, which is a matter of milliseconds."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Forking a server that has threads could copy a held lock.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(MOST_WORKERS, context, initializer=begin)
        return self._pool
