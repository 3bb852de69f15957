"""The security headers of every response."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'"
)

EMBEDS = ("/embed", "/compare/embed", "/graph/embed")

PAGE_HEADERS = {
    "Content-Security-Policy": f"{CONTENT_POLICY}; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class SecurityHeaders:
    """Forbids foreign hosts to the page, and says who may frame it."""

    def __init__(self, app: ASGIApp, embed_ancestors: str) -> None:
        """Wraps an application.

        Args:
            app: what answers the requests.
            embed_ancestors: sources that may frame an embed, as in CSP's frame-ancestors. "*" sends
                no such rule, because CSP's own * would still shut out slides opened from a file.
        """
        self._app = app
        anybody = embed_ancestors == "*"
        ancestors = "" if anybody else f"; frame-ancestors {embed_ancestors}"
        self._embed_headers = PAGE_HEADERS | {"Content-Security-Policy": CONTENT_POLICY + ancestors}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Adds the headers to an HTTP response; a WebSocket passes through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        added = self._embed_headers if path in EMBEDS else PAGE_HEADERS

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(added)
            await send(message)

        await self._app(scope, receive, send_with_headers)
