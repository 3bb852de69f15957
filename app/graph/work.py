"""What the room's worker process does: a request in, the bytes of its answer out.

Everything that takes time happens there, compression included, so that the server's event loop has
nothing to do but to hand bytes on.
"""

import gzip
import json
import multiprocessing
import os
import signal
import threading
from typing import Any

from app import languages
from app.graph.answer import answer
from app.graph.descent import descend
from app.graph.export import export
from app.graph.of_network import program_of_network
from app.graph.requests import AnyRequest, DescendRequest, ExportRequest, NetworkRequest

# Level 1 is three times as fast as 6 here, and 15 % larger.
_COMPRESSION = 1


def begin() -> None:
    """Set a worker process up: it ends with its server, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_server, daemon=True).start()


def _end_with_server() -> None:
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os._exit(0)


def ready() -> bool:
    """Nothing; but a worker that has done it has imported all that it needs."""
    return True


def work(request: AnyRequest, language: str) -> bytes:
    """The answer to a request, as gzipped JSON."""
    text = json.dumps(_answer(request, language), separators=(",", ":"), ensure_ascii=False)
    return gzip.compress(text.encode("utf-8", "surrogatepass"), _COMPRESSION, mtime=0)


def _answer(request: AnyRequest, language: str) -> dict[str, Any]:
    gettext = languages.translations(language).gettext
    if isinstance(request, NetworkRequest):
        return program_of_network(
            request.experiment,
            request.parameters,
            request.point,
            request.target,
            request.neuron,
            gettext,
        )
    if isinstance(request, ExportRequest):
        return export(request.text, request.language, gettext)
    if isinstance(request, DescendRequest):
        return descend(
            request.text,
            request.rate,
            frozenset(request.names),
            request.steps,
            request.folding,
            request.opened,
            gettext,
        )
    return answer(request.text, request.folding, request.opened, gettext)
