"""The command line: starts the server and says where it is."""

import argparse
import errno
import os
import socket
import sys
import webbrowser
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread

import uvicorn
from pydantic import ValidationError

from app import __version__, languages
from app.main import create_app
from app.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves until it is interrupted; returns the exit status.

    Args:
        arguments: the command line without the program's name; the process's own by default.
    """
    gettext = languages.translations(_terminal_language()).gettext
    options = _parser().parse_args(arguments)
    given = {name: getattr(options, name) for name in ("host", "port", "log_level")}
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        for problem in error.errors():
            name = "GX_" + "_".join(str(part) for part in problem["loc"]).upper()
            print(f"{name}: {problem['msg']} ({problem['input']!r})", file=sys.stderr)
        return 2
    try:
        listener = _listen(settings.host, settings.port)
    except OSError as error:
        print(
            gettext(_reason(error))
            % {"host": settings.host, "port": settings.port, "reason": error.strerror or error},
            file=sys.stderr,
        )
        return 1
    address = _address(settings.host, listener.getsockname()[1], settings.root_path)
    server = AnnouncingServer(configuration(settings), address, opens=options.open)
    # uvicorn has shut down in good order before it raises the interrupt again.
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    return 0


class AnnouncingServer(uvicorn.Server):
    """A server that prints its address once it answers there."""

    def __init__(self, configuration: uvicorn.Config, address: str, *, opens: bool) -> None:
        super().__init__(configuration)
        self._address = address
        self._opens = opens

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then says so."""
        await super().startup(sockets)
        if self.should_exit:
            return
        gettext = languages.translations(_terminal_language()).gettext
        print(
            gettext("Gradient Express is at %(address)s (stop it with Ctrl+C)")
            % {"address": self._address},
            flush=True,
        )
        if self._opens and _has_display():
            # Some browsers keep the caller waiting until they are closed.
            Thread(target=webbrowser.open, args=[self._address], daemon=True).start()


def _parser() -> argparse.ArgumentParser:
    gettext = languages.translations(_terminal_language()).gettext
    parser = argparse.ArgumentParser(
        prog="gradient-express",
        description=gettext("Watch gradients flow backward while a network learns."),
        epilog=gettext("Every other setting is an environment variable that begins with GX_."),
        add_help=False,
    )
    group = parser.add_argument_group(gettext("options"))
    group.add_argument("-h", "--help", action="help", help=gettext("show this help and exit"))
    group.add_argument(
        "--version",
        action="version",
        version=__version__,
        help=gettext("show the version and exit"),
    )
    group.add_argument("--host", help=gettext("address to listen at (GX_HOST, else 127.0.0.1)"))
    group.add_argument(
        "--port",
        type=int,
        help=gettext("port to listen at; 0 takes any free one (GX_PORT, else 8000)"),
    )
    group.add_argument(
        "--log-level",
        choices=["critical", "error", "warning", "info", "debug"],
        help=gettext("how much to log (GX_LOG_LEVEL, else warning)"),
    )
    group.add_argument(
        "--open", action="store_true", help=gettext("open a browser where there is a display")
    )
    return parser


def configuration(settings: Settings) -> uvicorn.Config:
    """How uvicorn serves the application."""
    return uvicorn.Config(
        create_app(settings),
        log_level=settings.log_level,
        access_log=settings.log_level in ("info", "debug"),
        root_path=settings.root_path,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        ws_max_size=settings.max_message_bytes,
        # Frames are small, change everywhere and are wanted at once: deflating them costs more.
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=2,
        server_header=False,
    )


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket, so that nobody can take the port between this check and the server's start.

    Raises:
        OSError: the port is taken, the host is not this machine's, or binding is not allowed.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def _reason(error: OSError) -> str:
    gettext_noop = str
    if error.errno == errno.EADDRINUSE:
        return gettext_noop(
            "Port %(port)s at %(host)s is in use: stop what uses it, or choose another port."
        )
    return gettext_noop("Cannot listen at %(host)s, port %(port)s: %(reason)s")


def _address(host: str, port: int, root_path: str) -> str:
    """The address to open: a server that listens everywhere is found at this machine itself."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}{root_path}/"


def _terminal_language() -> str:
    """The language of whoever started us, by the environment variables that gettext obeys."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        language = languages.match(os.environ.get(name, "").partition(".")[0])
        if language:
            return language
    return languages.SOURCE_LANGUAGE


def _has_display() -> bool:
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
