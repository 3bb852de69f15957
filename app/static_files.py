"""The page's static files, under addresses that change with their contents."""

import gzip
import hashlib
import mimetypes
import re
from functools import cache
from pathlib import Path, PurePosixPath

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOREVER = "public, max-age=31536000, immutable"
_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^"';]*?["'](\.[^"']+)["']""", re.MULTILINE)


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

    def modules(self, entry: str) -> list[str]:
        """The entry module and all that it imports, directly or not, as paths in the tree.

        The page asks for them all at once instead of finding them one import at a time.
        """
        return _modules(self.directory, entry, self.version())


@cache
def _modules(directory: Path, entry: str, _version: str) -> list[str]:
    """The import graph below one module; the version only keys the cache."""
    found: list[str] = []
    waiting = [entry]
    while waiting:
        path = waiting.pop(0)
        if path in found or not (directory / path).is_file():
            continue
        found.append(path)
        source = (directory / path).read_text(encoding="utf-8")
        waiting += [_resolve(path, target) for target in _IMPORT.findall(source)]
    return found


@cache
def _digest(directory: Path, files: tuple[tuple[str, int, int], ...]) -> str:
    """The digest of the files' names and contents; their sizes and times only key the cache."""
    digest = hashlib.sha256()
    for name, size, _ in files:
        digest.update(f"{name}\0{size}\0".encode())
        digest.update((directory / name).read_bytes())
    return digest.hexdigest()[:12]


def _resolve(importer: str, target: str) -> str:
    parts: list[str] = []
    for part in (PurePosixPath(importer).parent / target).parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    return "/".join(parts)


class VersionedFiles(StaticFiles):
    """Serves ``/<version>/<path>``: kept for ever under today's version, asked again under another.

    A page that was opened before an upgrade still gets the modules that it loads later.
    """

    def __init__(self, tree: StaticTree) -> None:
        super().__init__(directory=tree.directory)
        self._tree = tree
        # A first visit asks for all modules at once: packing them anew for each would make it wait.
        self._packed: dict[str, bytes] = {}
        self._packed_version = ""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file below the version that leads the path."""
        version, _, name = path.partition("/")
        current = version == self._tree.told()
        if current and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            kept = self._keep(name, version)
            if kept is not None:
                return kept
        response = await super().get_response(name, scope)
        response.headers["Cache-Control"] = FOREVER if current else "no-cache"
        return response

    def _keep(self, name: str, version: str) -> Response | None:
        """The file as packed for the first that asked, or None where it is no text of ours."""
        if version != self._packed_version:
            self._packed, self._packed_version = {}, version
        kind = mimetypes.guess_type(name)[0] or ""
        if name not in self._packed:
            path = (self._tree.directory / name).resolve()
            ours = path.is_relative_to(self._tree.directory.resolve()) and path.is_file()
            if not ours or not (kind.startswith("text/") or kind == "application/javascript"):
                return None
            self._packed[name] = gzip.compress(path.read_bytes(), mtime=0)
        headers = {
            "Cache-Control": FOREVER,
            "Content-Encoding": "gzip",
            "Vary": "Accept-Encoding",
        }
        return Response(self._packed[name], headers=headers, media_type=kind)
