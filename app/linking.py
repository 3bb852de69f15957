"""Joins ES modules into one: what a bundler does, for the few forms that our modules use.

Each module becomes a function that gives what it exports, called once, after those that it imports.
What another pack holds is imported from there, so that every module is there once in a page.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "(\.[^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) ([\w$]+))", re.MULTILINE)
_LATER = re.compile(r'(?<!typeof )\bimport\("(\.[^"]+)"\)(?!\.)')
# Documentation is for who reads the modules; it would be a third of what a page waits for.
_DOCUMENTATION = re.compile(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
_UNKNOWN = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def reached(directory: Path, entries: Iterable[str]) -> list[str]:
    """Entry modules and all that they import, directly or not, each after what it imports itself.

    Args:
        directory: the static tree.
        entries: as paths below it; so is what comes back.

    Raises:
        ValueError: modules import each other in a circle.
    """
    done: dict[str, None] = {}

    def visit(module: str, importers: tuple[str, ...]) -> None:
        if module in importers:
            raise ValueError(f"expected no circle of imports, got {(*importers, module)}")
        if module in done:
            return
        for target in _imports(directory, module):
            visit(target, (*importers, module))
        done[module] = None

    for entry in entries:
        visit(entry, ())
    return list(done)


def link(directory: Path, pack: str, homes: Mapping[str, str]) -> str:
    """The text of a pack.

    Args:
        directory: the static tree.
        pack: its name; packs lie beside each other, as ``<name>.js``.
        homes: of each module that this pack or its neighbours hold, the pack, in an order in which
            each module comes after those that it imports.

    Raises:
        ValueError: a module imports or exports in a form that we do not know.
    """
    own = [module for module, home in homes.items() if home == pack]
    parts = [_as_function(directory, module, homes) for module in own]
    borrowed: dict[str, list[str]] = {}
    for target in dict.fromkeys(name for module in own for name in _imports(directory, module)):
        if homes[target] != pack:
            borrowed.setdefault(homes[target], []).append(_name(target))
    imports = [
        f'import {{ {", ".join(names)} }} from "./{home}.js";\n' for home, names in borrowed.items()
    ]
    exports = f"export {{ {', '.join(_name(module) for module in own)} }};\n"
    return "".join([*imports, *parts, exports])


def _imports(directory: Path, module: str) -> list[str]:
    source = (directory / module).read_text(encoding="utf-8")
    return [_resolve(module, target) for _, target in _IMPORT.findall(source)]


def _as_function(directory: Path, module: str, homes: Mapping[str, str]) -> str:
    source = (directory / module).read_text(encoding="utf-8")
    exported = _EXPORT.findall(source)

    def as_constants(match: re.Match[str]) -> str:
        names = match[1].replace(" as ", ": ")
        return f"const {names} = {_name(_resolve(module, match[2]))};"

    def from_pack(match: re.Match[str]) -> str:
        target = _resolve(module, match[1])
        return f'import("./{homes[target]}.js").then((pack) => pack.{_name(target)})'

    text = _EXPORT.sub("", _IMPORT.sub(as_constants, source))
    if unknown := _UNKNOWN.search(text):
        raise ValueError(f"{module}: expected a form that we join, got {unknown[0]}")
    text = _DOCUMENTATION.sub("", _LATER.sub(from_pack, text))
    given = f"return {{ {', '.join(exported)} }};\n"
    return f"// {module}\nconst {_name(module)} = (() => {{\n{text}{given}}})();\n"


def _name(module: str) -> str:
    """What a module is called in a pack: js/draw/walk-edges.js is $draw_walk_edges."""
    return "$" + re.sub(r"\W", "_", module.removeprefix("js/").removesuffix(".js"))


def _resolve(importer: str, target: str) -> str:
    parts: list[str] = []
    for part in (PurePosixPath(importer).parent / target).parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    return "/".join(parts)
