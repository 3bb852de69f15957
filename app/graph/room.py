"""The graph room's addresses: its page, its embed, and what the page asks."""

from typing import Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import ValidationError
from starlette.responses import Response
from starlette.status import (
    HTTP_413_CONTENT_TOO_LARGE,
    HTTP_422_UNPROCESSABLE_CONTENT,
    HTTP_503_SERVICE_UNAVAILABLE,
)

from app import languages
from app.graph.examples import EXAMPLES
from app.graph.requests import (
    AnyRequest,
    DescendRequest,
    ExportRequest,
    NetworkRequest,
    RunRequest,
)
from app.graph.workers import TooBusyError, Workers
from app.pages import language_of, render_room
from app.snippet import Limits
from app.snippet.errors import gettext_noop

MOST_BODY_BYTES = 400_000

_TOO_LONG = gettext_noop("This is longer than the graph room reads.")
_NOT_UNDERSTOOD = gettext_noop("The graph room does not understand this request.")
_BUSY = gettext_noop("The graph room is busy. It is worth trying again.")

R = TypeVar("R", bound=AnyRequest)

router = APIRouter(include_in_schema=False)


class _TooLongError(Exception):
    """A body that is not read to its end."""


@router.api_route("/graph", methods=["GET", "HEAD"])
def graph_page(request: Request) -> HTMLResponse:
    """The whole room. Its text stands in the fragment, which a server never sees."""
    return _page(request, "graph.html", embed=False)


@router.api_route("/graph/embed", methods=["GET", "HEAD"])
def graph_embed(request: Request) -> HTMLResponse:
    """The same room without its furniture, for an iframe."""
    return _page(request, "graph-embed.html", embed=True)


@router.post("/graph/run")
async def run_text(request: Request) -> Response:
    """A text's result and picture, or its error."""
    return await _answered(request, RunRequest)


@router.post("/graph/descend")
async def descend_text(request: Request) -> Response:
    """Steps of gradient descent on the numbers of a text."""
    return await _answered(request, DescendRequest)


@router.post("/graph/export")
async def export_text(request: Request) -> Response:
    """A text's graph in another language."""
    return await _answered(request, ExportRequest)


@router.post("/graph/network")
async def write_network(request: Request) -> Response:
    """The program of a neuron or network that the playground shows."""
    return await _answered(request, NetworkRequest)


def _page(request: Request, template: str, *, embed: bool) -> HTMLResponse:
    workers: Workers = request.app.state.graph_workers
    workers.warm()
    gettext = languages.translations(language_of(request)).gettext
    facts = {
        "examples": [
            {
                "name": example.name,
                "title": gettext(example.title),
                "note": gettext(example.note),
                "code": example.code,
            }
            for example in EXAMPLES
        ],
        "mostCharacters": Limits().characters,
    }
    base = f"{request.scope.get('root_path', '')}/graph"
    room = {"base": base, "graph": facts}
    return render_room(request, template, "graph", room, embed=embed)


async def _answered(request: Request, model: type[R]) -> Response:
    """The answer of a worker process, gzipped there; every browser takes it so."""
    language = language_of(request)
    workers: Workers = request.app.state.graph_workers
    try:
        asked = model.model_validate_json(await _body(request))
        answer = await workers.answer(asked, language)
    except _TooLongError:
        return _refusal(HTTP_413_CONTENT_TOO_LARGE, _TOO_LONG, language)
    except ValidationError as error:
        fields = [".".join(map(str, fault["loc"])) for fault in error.errors()]
        return _refusal(HTTP_422_UNPROCESSABLE_CONTENT, _NOT_UNDERSTOOD, language, fields)
    except TooBusyError:
        return _refusal(HTTP_503_SERVICE_UNAVAILABLE, _BUSY, language)
    headers = {"Content-Encoding": "gzip", "Cache-Control": "no-store"}
    return Response(answer, media_type="application/json", headers=headers)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BODY_BYTES:
            raise _TooLongError
    return bytes(body)


def _refusal(
    status: int, message: str, language: str, fields: list[str] | None = None
) -> JSONResponse:
    error: dict[str, Any] = {"message": languages.translations(language).gettext(message)}
    if fields:
        error["fields"] = fields
    return JSONResponse({"error": error}, status)
