"""What the page asks for when a part of it is first wanted: its scripts, style sheets and words.

So the part comes in one go, and in the reader's language.
"""

from typing import Any

from app import languages
from app.packs import Packer


def manifest(part: str, packer: Packer, language: str, static_base: str) -> dict[str, Any]:
    """What the page needs before it can import a part.

    Args:
        part: its name in PARTS.
        packer: of the static files.
        language: the reader's.
        static_base: the address below which the static files are, with a slash at its end.
    """
    return {
        "scripts": [static_base + path for path in packer.scripts(part)],
        "sheets": [static_base + path for path in packer.sheets(part)],
        "words": languages.page_catalogue(language, packer.modules(part)),
    }
