"""The HTML pages: playground and comparison, their embeds, and those that say what went wrong.

Rendering takes some milliseconds, so it happens in a worker thread and not on the event loop.
"""

from collections.abc import Callable
from functools import cache, partial
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response

from app import __version__, languages
from app.facts import experiment_facts
from app.headers import PAGE_HEADERS, SecurityHeaders
from app.packs import PARTS, Packer
from app.parts import manifest
from app.presets import presets
from app.settings import Settings
from app.static_files import StaticTree, VersionedFiles, asset_directory

router = APIRouter(include_in_schema=False)


def add_pages(app: FastAPI, settings: Settings) -> None:
    """Gives the application its pages, static files, security headers and error pages."""
    tree = StaticTree(asset_directory("static"))
    packer = Packer(tree)
    app.state.static_tree = tree
    app.state.packer = packer
    app.include_router(router)
    app.mount("/static", VersionedFiles(tree, packer.text), name="static")
    app.add_exception_handler(HTTPException, http_error_page)
    app.add_exception_handler(Exception, server_error_page)
    app.add_middleware(SecurityHeaders, embed_ancestors=settings.embed_ancestors)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=6)


@router.api_route("/", methods=["GET", "HEAD"])
def playground(request: Request) -> HTMLResponse:
    """The whole page. What it shows stands in the fragment, which a server never sees."""
    return _networks_room(
        request, "index.html", "playground", embed=False, presets=presets()
    )


@router.api_route("/embed", methods=["GET", "HEAD"])
def embed(request: Request) -> HTMLResponse:
    """The same page without its furniture, for an iframe."""
    return _networks_room(request, "embed.html", "playground", embed=True)


@router.api_route("/compare", methods=["GET", "HEAD"])
def compare(request: Request) -> HTMLResponse:
    """Two runs side by side. What they are stands in the fragment too."""
    return _networks_room(request, "compare.html", "compare", embed=False)


@router.api_route("/compare/embed", methods=["GET", "HEAD"])
def compare_embed(request: Request) -> HTMLResponse:
    """Two runs without furniture, for an iframe."""
    return _networks_room(request, "compare-embed.html", "compare", embed=True)


@router.api_route("/parts/{name}", methods=["GET", "HEAD"])
def part(request: Request, name: str) -> JSONResponse:
    """What the page needs of a part of itself that it did not come with."""
    if name not in PARTS:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    packer: Packer = request.app.state.packer
    found = manifest(name, packer, language_of(request), _static_base(request))
    return JSONResponse(found, headers={"Cache-Control": "no-cache"})


@router.api_route("/healthz", methods=["GET", "HEAD"])
async def health() -> JSONResponse:
    """Says that the process answers, to Docker and to load balancers."""
    return JSONResponse({"status": "ok", "version": __version__})


async def http_error_page(request: Request, error: Exception) -> Response:
    """404, 405 and their kin, as a plain page in the reader's language."""
    if not isinstance(error, HTTPException):
        raise TypeError(f"expected an HTTPException, got {error!r}")
    return _error_page(request, error.status_code, dict(error.headers or {}))


async def server_error_page(request: Request, _: Exception) -> Response:
    """500 as a plain page; the traceback goes to the log and nowhere else."""
    # This response is made outside of the middleware that adds headers to the others.
    return _error_page(request, HTTPStatus.INTERNAL_SERVER_ERROR, dict(PAGE_HEADERS))


def _networks_room(
    request: Request, template: str, room: str, *, embed: bool, **context: Any
) -> HTMLResponse:
    """A room whose page trains networks over the socket."""
    base = _root(request)
    facts = {"experiment": experiment_facts(), "wsPath": f"{base}/ws"}
    return render_room(request, template, room, facts, embed=embed, **context)


def render_room(
    request: Request,
    template: str,
    room: str,
    facts: dict[str, Any],
    *,
    embed: bool,
    **context: Any,
) -> HTMLResponse:
    """A room's page in the reader's language.

    Args:
        request: for its language and for the proxy's path.
        template: of the page.
        room: its name in ROOMS.
        facts: what only this room's scripts need; they get it with what all rooms need.
        embed: whether the page stands in somebody else's.
        context: what only this room's template needs.
    """
    language = language_of(request)
    packer: Packer = request.app.state.packer
    static_base = _static_base(request)
    base = _root(request)
    common = {
        "version": __version__,
        "language": language,
        "languages": languages.LANGUAGES,
        "catalogue": languages.page_catalogue(language, packer.modules(room)),
        "staticBase": static_base,
        "partsBase": f"{base}/parts/",
        "embed": embed,
    }
    return _render(
        template,
        language,
        base=base,
        wish=_wish(request),
        static=static_base,
        scripts=[static_base + path for path in packer.scripts(room)],
        sheets=[static_base + path for path in packer.sheets(room)],
        facts=common | facts,
        embed=embed,
        **context,
    )


def _error_page(request: Request, status: int, headers: dict[str, str]) -> HTMLResponse:
    language = language_of(request)
    response = _render(
        "error.html",
        language,
        base=_root(request),
        wish=_wish(request),
        static=_static_base(request),
        status=status,
        path=request.url.path,
    )
    response.status_code = status
    response.headers.update(headers)
    return response


def _wish(request: Request) -> str:
    """What the page's links to other pages say of the language: as much as its own address does."""
    language = languages.match(request.query_params.get("lang", ""))
    return f"?lang={language}" if language else ""


def _root(request: Request) -> str:
    """The path below which a proxy has us; that of a mounted part is longer."""
    root: str = request.scope.get("app_root_path", request.scope.get("root_path", ""))
    return root


def _static_base(request: Request) -> str:
    """The address below which today's static files are, with a slash at its end."""
    tree: StaticTree = request.app.state.static_tree
    return f"{_root(request)}/static/{tree.version()}/"


def _render(template: str, language: str, **context: Any) -> HTMLResponse:
    page = _environment(language).get_template(template)
    html = page.render(
        language=language,
        languages=languages.LANGUAGES,
        other_language=partial(languages.in_other_language, language),
        **context,
    )
    headers = {
        "Cache-Control": "no-cache",
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
    return HTMLResponse(html, headers=headers)


def language_of(request: Request) -> str:
    """The reader's language: the link's wish first, then the browser's."""
    return languages.choose(
        request.query_params.get("lang"), request.headers.get("accept-language")
    )


@cache
def _environment(language: str) -> Environment:
    """Jinja2 with one language's gettext; HTML is escaped, and a misspelt name is an error."""
    environment = Environment(
        loader=FileSystemLoader(asset_directory("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    install: Callable[..., None] = environment.install_gettext_translations  # type: ignore[attr-defined]
    install(languages.translations(language), newstyle=True)
    return environment
