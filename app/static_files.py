"""The page's static files, under addresses that change with their contents."""

import gzip
import hashlib
import mimetypes
from collections.abc import Callable
from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOREVER = "public, max-age=31536000, immutable"


def asset_directory(name: str) -> Path:
    """Where static or templates are: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).parent
    packaged = package / name
    return packaged if packaged.is_dir() else package.parent / name


class StaticTree:
    """All files below one directory, with one version for the whole tree.

    JavaScript modules import each other by relative path, so they must share a version.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._told = ""

    def told(self) -> str:
        """The version that the newest page was told, without looking at the files again."""
        return self._told or self.version()

    def version(self) -> str:
        """12 hex digits that change when any file does; costs one stat a file."""
        paths = sorted(path for path in self.directory.rglob("*") if path.is_file())
        stats = [path.stat() for path in paths]
        self._told = _digest(
            self.directory,
            tuple(
                (path.relative_to(self.directory).as_posix(), stat.st_size, stat.st_mtime_ns)
                for path, stat in zip(paths, stats, strict=True)
            ),
        )
        return self._told


@cache
def _digest(directory: Path, files: tuple[tuple[str, int, int], ...]) -> str:
    """The digest of the files' names and contents; their sizes and times only key the cache."""
    digest = hashlib.sha256()
    for name, size, _ in files:
        digest.update(f"{name}\0{size}\0".encode())
        digest.update((directory / name).read_bytes())
    return digest.hexdigest()[:12]


class VersionedFiles(StaticFiles):
    """Serves ``/<version>/<path>``: kept for ever under today's version, asked again under another.

    A page that was opened before an upgrade still gets the scripts that it loads later.
    """

    def __init__(self, tree: StaticTree, made: Callable[[str], str | None]) -> None:
        """Serves a tree.

        Args:
            tree: the files.
            made: gives the text of a path that no file has, or None.
        """
        super().__init__(directory=tree.directory)
        self._tree = tree
        self._made = made
        # The text as packed for the first that asked, in this version of the tree.
        self._packed: dict[str, bytes] = {}
        self._packed_version = ""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file below the version that leads the path."""
        version, _, name = path.partition("/")
        current = version == self._tree.told()
        response = await self._made_response(name, scope, current=current)
        if response is None:
            response = await super().get_response(name, scope)
        response.headers["Cache-Control"] = FOREVER if current else "no-cache"
        return response

    async def _made_response(self, name: str, scope: Scope, *, current: bool) -> Response | None:
        """What no file holds as it travels: made texts, and texts for a browser that unpacks them.

        Making and packing take some ten milliseconds, so they do not happen on the event loop.
        """
        if scope["method"] not in ("GET", "HEAD"):
            return None
        if current and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            packed = await self._packed_text(name)
            headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            return None if packed is None else Response(packed, 200, headers, _kind(name))
        made = await run_in_threadpool(self._made, name)
        return None if made is None else Response(made, media_type=_kind(name))

    async def _packed_text(self, name: str) -> bytes | None:
        if self._packed_version != self._tree.told():
            self._packed, self._packed_version = {}, self._tree.told()
        kept = self._packed
        if name not in kept:
            packed = await run_in_threadpool(self._pack, name)
            if packed is None:
                return None
            kept[name] = packed
        return kept[name]

    def _pack(self, name: str) -> bytes | None:
        text = self._text(name)
        return None if text is None else gzip.compress(text, mtime=0)

    def _text(self, name: str) -> bytes | None:
        made = self._made(name)
        if made is not None:
            return made.encode()
        path = (self._tree.directory / name).resolve()
        ours = path.is_relative_to(self._tree.directory.resolve()) and path.is_file()
        is_text = _kind(name).startswith("text/") or _kind(name) == "application/javascript"
        return path.read_bytes() if ours and is_text else None


def _kind(name: str) -> str:
    return mimetypes.guess_type(name)[0] or ""
