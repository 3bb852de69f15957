"""Packs: each room's scripts in one file and its style sheets in another, and so for its parts.

A part is what the page brings when it is first wanted. Modules that the room has are not in its
parts again, nor is what several parts share (docs/adr/0007-scripts-travel-in-packs.md).
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from app.linking import link, reached
from app.static_files import StaticTree

FOLDER = "packs/"
SHARED = "shared"


class Pack(NamedTuple):
    """What a room or a part begins with.

    Attributes:
        entries: modules, as paths below static: the one that starts a room, or those of a part
            that the page imports.
        sheets: style sheets, in their order, without folder and ending.
    """

    entries: tuple[str, ...]
    sheets: tuple[str, ...] = ()


_EVERYWHERE = ("tokens", "elements", "nav", "notices")

ROOMS = {
    "playground": Pack(
        ("js/main.js",),
        (
            *_EVERYWHERE,
            *("playground", "controls", "side", "network", "card", "trial", "proof", "output"),
            *("timeline", "dialogs", "points", "microscope", "embed"),
        ),
    ),
    "compare": Pack(
        ("js/compare/main.js",),
        (
            *_EVERYWHERE,
            *("controls", "network", "output", "timeline", "dialogs", "embed"),
            *("compare", "compare-sizes"),
        ),
    ),
    "graph": Pack(
        ("js/graph/main.js",),
        (
            *_EVERYWHERE,
            *("controls", "network", "card", "dialogs", "graph-code", "graph-descent", "graph"),
        ),
    ),
}

# Of the playground.
PARTS = {
    "microscope": Pack(
        ("js/microscope/room.js", "js/microscope/picture.js", "js/microscope/slip-dialog.js"),
        ("findings", "walk", "equation", "slips", "scope", "lens", "program"),
    ),
    "findings": Pack(("js/findings/room.js",), ("findings",)),
    "card": Pack(("js/card/room.js",)),
    "as-graph": Pack(("js/panels/as-graph-dialog.js",)),
    "proof": Pack(("js/proof/dialog.js",)),
    "points": Pack(("js/panels/points.js",)),
    "embed": Pack(("js/panels/embed.js",)),
}

PACKS = ROOMS | PARTS


class Packer:
    """Makes the packs of one static tree, of its files as they are now."""

    def __init__(self, tree: StaticTree) -> None:
        self._tree = tree

    def text(self, path: str) -> str | None:
        """A pack such as "packs/card.js" or "packs/graph.css", or None where the path has none."""
        if not path.startswith(FOLDER):
            return None
        stem, _, kind = path.removeprefix(FOLDER).rpartition(".")
        pack = PACKS.get(stem)
        if kind == "css" and pack and pack.sheets:
            paths = [self._tree.directory / "css" / f"{sheet}.css" for sheet in pack.sheets]
            return "".join(path.read_text(encoding="utf-8") for path in paths)
        if kind == "js" and (pack or stem == SHARED):
            return link(self._tree.directory, stem, self._family(stem).homes)
        return None

    def modules(self, name: str) -> list[str]:
        """All modules that a room has, or that a part adds to it, as paths below static."""
        homes, wanted = self._family(name)
        return [module for module in wanted[name] if homes[module] in (name, SHARED)]

    def scripts(self, name: str) -> list[str]:
        """The packs with these modules, as paths below static."""
        homes, _ = self._family(name)
        packs = dict.fromkeys(homes[module] for module in self.modules(name))
        return [f"{FOLDER}{pack}.js" for pack in packs]

    def sheets(self, name: str) -> list[str]:
        """The pack with its style sheets, if it has any, as a path below static."""
        return [f"{FOLDER}{name}.css"] if PACKS[name].sheets else []

    def _family(self, name: str) -> "_Family":
        room = name if name in ROOMS else "playground"
        return _family(self._tree.directory, room, self._tree.told())


class _Family(NamedTuple):
    """A room and its parts.

    Attributes:
        homes: the pack of each module, in an order in which it comes after those that it imports.
        wanted: of the room and of each part, all modules that it needs.
    """

    homes: dict[str, str]
    wanted: dict[str, list[str]]


@cache
def _family(directory: Path, room: str, _version: str) -> _Family:
    """Reads all imports; the version only keys the cache."""
    members = {room: ROOMS[room], **(PARTS if room == "playground" else {})}
    wanted = {name: reached(directory, pack.entries) for name, pack in members.items()}
    homes = dict.fromkeys(wanted[room], room)
    for name in members:
        for module in wanted[name]:
            home = homes.setdefault(module, name)
            if home not in (room, name):
                homes[module] = SHARED
    return _Family(homes, wanted)
