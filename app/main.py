"""The application, put together: pages, static files, the socket and the graph room."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.graph.room import router as graph_router
from app.graph.workers import Workers
from app.pages import add_pages
from app.scheduler import Scheduler
from app.settings import Settings
from app.socket import router

SWITCH_INTERVAL_S = 0.0005


def create_app(settings: Settings) -> FastAPI:
    """A server that shares nothing with any other in the process."""
    app = FastAPI(title="Gradient Express", openapi_url=None, lifespan=_lifespan)
    app.state.settings = settings
    app.state.scheduler = Scheduler(settings.slice_ms / 1000)
    app.state.graph_workers = Workers()
    app.include_router(router)
    app.include_router(graph_router)
    add_pages(app, settings)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    # The worker thread computes without a pause: the event loop must get the interpreter soon.
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    yield
    app.state.scheduler.close()
    app.state.graph_workers.close()
    sys.setswitchinterval(before)
