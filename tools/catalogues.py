"""Brings the translation catalogues up to date with the sources, or checks that they are.

Run as ``python -m tools.catalogues [--check]``.
"""

import sys
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "app" / "locales"
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "term": None,
}


def extract() -> Catalog:
    """Every string of the sources that a person reads, with the files that it stands in."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    catalog = Catalog(charset="utf-8")
    found = extract_from_dir(
        ROOT,
        methods,
        options,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
        directory_filter=_is_source,
    )
    for path, _, message, comments, _ in sorted(found, key=lambda entry: (entry[0], entry[1])):
        catalog.add(message, locations=[(path, 0)], auto_comments=comments)
    return catalog


def _is_source(directory: str) -> bool:
    path = Path(directory)
    top = path.relative_to(ROOT).parts[:1]
    return path == ROOT or top in {("app",), ("engine",), ("static",), ("templates",)}


def read(locale: str) -> Catalog:
    """A locale's catalogue, as it is stored."""
    with _path(locale).open("rb") as source:
        return read_po(source, locale=locale)


def update(locale: str) -> list[str]:
    """Adds new messages to a locale's catalogue, drops old ones; returns what is untranslated.

    A translation is never guessed from a similar message.
    """
    catalog = read(locale)
    catalog.update(extract(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.project, catalog.version, catalog.msgid_bugs_address = "gradient-express", "", ""
    with _path(locale).open("wb") as target:
        write_po(target, catalog, width=100, ignore_obsolete=True, include_lineno=False)
    return [
        str(message.id) for message in catalog if message.id and not is_translated(message.string)
    ]


def is_translated(string: str | tuple[str, ...] | list[str] | None) -> bool:
    """Whether a message has a translation in each of its plural forms."""
    forms = [string] if isinstance(string, str) else list(string or [""])
    return all(forms)


def problems(locale: str) -> list[str]:
    """What keeps a locale's catalogue from matching the sources, one sentence each."""
    sources, catalog = extract(), read(locale)
    faults = [f"obsolete: {message}" for message in catalog.obsolete]
    faults += [f"not in the sources: {m.id!r}" for m in catalog if m.id and m.id not in sources]
    for wanted in sources:
        if not wanted.id:
            continue
        found = catalog.get(wanted.id)
        if found is None:
            faults.append(f"not in the catalogue: {wanted.id!r}")
        elif not is_translated(found.string) or found.fuzzy:
            faults.append(f"not translated: {wanted.id!r}")
        else:
            faults += [f"{wanted.id!r}: {error}" for error in found.check(catalog)]
            if {path for path, _ in wanted.locations} != {path for path, _ in found.locations}:
                faults.append(f"stands elsewhere now: {wanted.id!r}")
    return faults


def _path(locale: str) -> Path:
    return LOCALES / locale / "LC_MESSAGES" / "messages.po"


def main(arguments: list[str]) -> int:
    """Updates every catalogue, or with --check says what is wrong with them."""
    faults: list[str] = []
    for directory in sorted(LOCALES.iterdir()):
        found = problems(directory.name) if arguments == ["--check"] else update(directory.name)
        faults += [f"{directory.name}: {fault}" for fault in found]
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults and arguments == ["--check"]:
        print("`make catalogues` brings the catalogues up to date.", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
