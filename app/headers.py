"""The security headers of every response."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'"
)


class SecurityHeaders:
    """Forbids foreign hosts to the page, and says who may frame it."""

    def __init__(self, app: ASGIApp, embed_ancestors: str) -> None:
        """Wraps an application.

        Args:
            app: what answers the requests.
            embed_ancestors: sources that may frame /embed, as in CSP's frame-ancestors. "*" sends
                no such rule, because CSP's own * would still shut out slides opened from a file.
        """
        self._app = app
        self._page_policy = f"{CONTENT_POLICY}; frame-ancestors 'self'"
        self._embed_policy = (
            CONTENT_POLICY
            if embed_ancestors == "*"
            else f"{CONTENT_POLICY}; frame-ancestors {embed_ancestors}"
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Adds the headers to an HTTP response; a WebSocket passes through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        policy = self._embed_policy if path == "/embed" else self._page_policy

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
            await send(message)

        await self._app(scope, receive, send_with_headers)
