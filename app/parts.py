"""Parts of the page that are loaded when they are first wanted, not with the page.

A part is what scripts bring by ``import()``. So that it comes in one go, and in the reader's
language, the page first asks for its manifest: modules, style sheets and words.
"""

from typing import Any, NamedTuple

from app import languages
from app.static_files import StaticTree


class Part(NamedTuple):
    """What a part begins with.

    Attributes:
        entries: its modules that the page imports, as paths below static.
        sheets: its style sheets, in their order, without folder and ending.
    """

    entries: tuple[str, ...]
    sheets: tuple[str, ...] = ()


PARTS = {
    "microscope": Part(
        ("js/microscope/room.js", "js/microscope/picture.js", "js/microscope/slip-dialog.js"),
        ("walk", "slips", "scope", "lens", "program"),
    ),
    "card": Part(("js/card/room.js",)),
    "as-graph": Part(("js/panels/as-graph-dialog.js",)),
    "proof": Part(("js/proof/dialog.js",)),
    "points": Part(("js/panels/points.js",)),
    "embed": Part(("js/panels/embed.js",)),
}


def manifest(part: Part, tree: StaticTree, language: str, static_base: str) -> dict[str, Any]:
    """What the page needs before it can import a part.

    Args:
        part: which.
        tree: the static files.
        language: the reader's.
        static_base: the address below which the static files are, with a slash at its end.
    """
    modules = [path for entry in part.entries for path in tree.modules(entry)]
    return {
        "modules": [static_base + path for path in dict.fromkeys(modules)],
        "sheets": [f"{static_base}css/{sheet}.css" for sheet in part.sheets],
        "words": languages.page_catalogue(language, modules),
    }
