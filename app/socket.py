"""The WebSocket endpoint: carries a session's messages, and paces it by the client's credits."""

import asyncio
import logging
from functools import partial
from time import perf_counter
from urllib.parse import urlsplit

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from starlette.status import (
    WS_1008_POLICY_VIOLATION,
    WS_1009_MESSAGE_TOO_BIG,
    WS_1011_INTERNAL_ERROR,
    WS_1013_TRY_AGAIN_LATER,
)

from app import languages
from app.agenda import NEVER
from app.announcements import Reply
from app.protocol import (
    Command,
    Credit,
    Gettext,
    MessageTooLarge,
    ProtocolError,
    Refused,
    make_problem,
    parse_command,
    show,
)
from app.scheduler import Scheduler, Seat
from app.session import Session
from app.settings import Settings

MOST_CREDITS = 64
PROOF_SLICE_S = 0.003
# Longer messages, such as thousands of drawn points, are read in the worker thread.
SHORT_TEXT = 4096

logger = logging.getLogger(__name__)
router = APIRouter()


@router.websocket("/ws")
async def endpoint(websocket: WebSocket) -> None:
    """One learner's connection, from its first to its last message."""
    language = languages.choose(
        websocket.query_params.get("lang"), websocket.headers.get("accept-language")
    )
    gettext: Gettext = languages.translations(language).gettext
    settings: Settings = websocket.app.state.settings
    scheduler: Scheduler = websocket.app.state.scheduler
    await websocket.accept()
    origin = websocket.headers.get("origin")
    if not _is_welcome(origin, websocket.headers.get("host", "")):
        problem = make_problem("same_origin", "Origin", show(origin), gettext)
        await _turn_away(websocket, WS_1008_POLICY_VIOLATION, ProtocolError([problem]))
    elif scheduler.seats >= settings.max_sessions:
        limit = {"limit": settings.max_sessions}
        problem = make_problem("fewer_sessions", "sessions", str(scheduler.seats), gettext, limit)
        await _turn_away(websocket, WS_1013_TRY_AGAIN_LATER, ProtocolError([problem]))
    else:
        await _seat(websocket, scheduler, gettext)


async def _seat(websocket: WebSocket, scheduler: Scheduler, gettext: Gettext) -> None:
    """Serves a connection at a seat of its own. What nobody expected ends here."""
    seat = scheduler.join()
    connection = Connection(websocket, Session(gettext), scheduler, seat, gettext)
    try:
        await connection.serve()
    except* WebSocketDisconnect:
        logger.debug("the client has gone")
    except* Exception:
        run = connection.session.run
        logger.exception("run %s: the session has failed", None if run is None else run.number)
        await _close(websocket, WS_1011_INTERNAL_ERROR, "internal error")
    finally:
        scheduler.leave(seat)


class Connection:
    """One client. It holds one message at most: a frame is made when the last one has gone."""

    def __init__(
        self,
        websocket: WebSocket,
        session: Session,
        scheduler: Scheduler,
        seat: Seat,
        gettext: Gettext,
    ) -> None:
        self.session = session
        self._websocket = websocket
        self._scheduler = scheduler
        self._seat = seat
        self._gettext = gettext
        self._credits = 0
        self._news = asyncio.Event()
        # The session does one thing at a time, and what it says goes out in that order.
        self._turn = asyncio.Lock()

    async def serve(self) -> None:
        """Runs until the client leaves, is sent away, or something fails."""
        async with asyncio.TaskGroup() as group:
            work = group.create_task(self._work())
            await self._listen()
            work.cancel()

    async def _listen(self) -> None:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            try:
                await self._take(message.get("text"), message.get("bytes"))
            except MessageTooLarge as error:
                await _turn_away(self._websocket, WS_1009_MESSAGE_TOO_BIG, error)
                return
            except ProtocolError as error:
                await self._websocket.send_text(_refusal(error).text())

    async def _take(self, text: str | None, binary: bytes | None) -> None:
        if text is None:
            await self._answer(partial(self.session.resume, binary or b""))
            return
        if len(text) <= SHORT_TEXT:
            command = parse_command(text, self._gettext)
        else:
            reading = partial(parse_command, text, self._gettext)
            command = await self._scheduler.run(self._seat, reading)
        await self._obey(command)

    async def _obey(self, command: Command) -> None:
        if isinstance(command, Credit):
            self._credits = min(self._credits + command.frames, MOST_CREDITS)
            self._news.set()
        else:
            await self._answer(partial(self.session.apply, command))

    async def _answer(self, deed: partial[Reply]) -> None:
        """Lets the session act in the worker thread, and sends what it says."""
        async with self._turn:
            for part in await self._scheduler.run(self._seat, deed):
                if isinstance(part, bytes):
                    await self._websocket.send_bytes(part)
                else:
                    await self._websocket.send_text(part.text())
        self._news.set()

    async def _work(self) -> None:
        """Trains, frames and saves whenever one of them is due."""
        while True:
            self._news.clear()
            async with self._turn:
                worked = await self._do_what_is_due()
            if not worked:
                await self._wait()

    async def _do_what_is_due(self) -> bool:
        # A gradient check goes on between whatever else there is to do.
        proved = await self._prove() if self.session.proving else False
        session, now = self.session, perf_counter()
        if self._credits and session.frame_due():
            self._credits -= 1
            frame = await self._scheduler.run(self._seat, session.frame)
            await self._websocket.send_bytes(frame)
        elif session.checkpoint_due_at() <= now:
            checkpoint = await self._scheduler.run(self._seat, session.checkpoint)
            await self._websocket.send_bytes(checkpoint)
        elif session.work_due_at() <= now:
            work = partial(session.train, self._scheduler.slice_s(), self._has_credit)
            for event in await self._scheduler.run(self._seat, work):
                await self._websocket.send_text(event.text())
        else:
            return proved
        return True

    async def _prove(self) -> bool:
        work = partial(self.session.prove, PROOF_SLICE_S)
        for message in await self._scheduler.run(self._seat, work):
            await self._websocket.send_bytes(message)
        return True

    def _has_credit(self) -> bool:
        return self._credits > 0

    async def _wait(self) -> None:
        """Until something is due, or the client has sent something."""
        due = min(self.session.checkpoint_due_at(), self.session.work_due_at())
        wait_s = None if due == NEVER else max(due - perf_counter(), 0)
        try:
            async with asyncio.timeout(wait_s):
                await self._news.wait()
        except TimeoutError:
            return


def _is_welcome(origin: str | None, host: str) -> bool:
    """Pages of this server, and programs, which send no Origin; no page of another site."""
    return origin is None or urlsplit(origin).netloc == host


def _refusal(error: ProtocolError) -> Refused:
    return Refused(id=error.id, command=error.command, problems=tuple(error.problems))


async def _turn_away(websocket: WebSocket, code: int, error: ProtocolError) -> None:
    """Says why, and closes."""
    await websocket.send_text(_refusal(error).text())
    await _close(websocket, code, error.problems[0].expected)


async def _close(websocket: WebSocket, code: int, reason: str) -> None:
    """Closes, unless the client was faster; a reason may have 123 bytes."""
    try:
        await websocket.close(code, reason.encode()[:120].decode(errors="ignore"))
    except (RuntimeError, WebSocketDisconnect):
        return
