"""Who may import whom: the arrows of the design, checked by parsing the sources."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path.relative_to(ROOT) for room in ("app", "engine") for path in (ROOT / room).rglob("*.py")
)
ENGINE_FORBIDDEN = {"asyncio", "logging", "random", "socket", "threading", "time"}
LEAVES = {
    "app/settings.py": set(),
    "app/experiment.py": {"engine"},
    "app/protocol": {
        "app.experiment",
        "app.protocol",
        "engine.diagnosis",
        "engine.statistics",
    },
}
WEB = {"fastapi", "starlette", "uvicorn"}
SPEAK_HTTP = {"__main__", "headers", "main", "pages", "room", "socket", "static_files"}


def imports(module: Path) -> set[str]:
    """The dotted names of all modules that a module imports, at any depth."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively: name the module"
            source = node.module or ""
            found |= {_dotted(source, alias.name) for alias in node.names}
    return found


def _dotted(source: str, name: str) -> str:
    """``from app import pages`` names app.pages; ``from app.pages import router`` does too."""
    path = ROOT.joinpath(*source.split("."), name)
    return f"{source}.{name}" if path.is_dir() or path.with_suffix(".py").is_file() else source


def _lies_in(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def roots(module: Path) -> set[str]:
    """The top-level packages that a module imports."""
    return {name.partition(".")[0] for name in imports(module)}


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] == "engine"], ids=str)
def test_engine_imports_numpy_and_itself(module: Path) -> None:
    """The engine knows no clock, thread, socket, log or global random state."""
    foreign = roots(module) - sys.stdlib_module_names - {"engine", "numpy"}

    assert foreign == set()
    assert roots(module) & ENGINE_FORBIDDEN == set()


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] == "engine"], ids=str)
def test_engine_neither_prints_nor_uses_global_randomness(module: Path) -> None:
    """No call of print, and no np.random but its Generator and its seeding."""
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print"
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in (
            "np.random",
            "numpy.random",
        ):
            assert node.attr[0].isupper() or node.attr == "default_rng"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_nobody_imports_main_but_the_command_line(module: Path) -> None:
    """What is put together in main cannot be needed by its parts."""
    if module != Path("app/__main__.py"):
        assert "app.main" not in imports(module)


@pytest.mark.parametrize(
    ("leaf", "module"),
    [(leaf, module) for leaf in LEAVES for module in MODULES if module.is_relative_to(leaf)],
    ids=str,
)
def test_leaves_import_only_what_lies_below(leaf: str, module: Path) -> None:
    """protocol, experiment and settings know no web framework and no session."""
    inside = {name for name in imports(module) if name.partition(".")[0] in ("app", "engine")}
    allowed = LEAVES[leaf]
    above = {name for name in inside if not any(_lies_in(name, room) for room in allowed)}

    assert above == set()
    assert roots(module) & WEB == set()


@pytest.mark.parametrize(
    "module", [m for m in MODULES if m.parts[0] == "app" and m.stem not in SPEAK_HTTP], ids=str
)
def test_only_the_socket_and_the_pages_speak_http(module: Path) -> None:
    """Sessions and what they use would run under any server."""
    assert roots(module) & WEB == set()
