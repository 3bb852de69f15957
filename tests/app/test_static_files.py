"""The version of the static tree, and the modules that a page preloads."""

from pathlib import Path

import pytest

from app.static_files import StaticTree


@pytest.fixture
def tree(tmp_path: Path) -> StaticTree:
    """Three modules that import each other, and one that nobody imports."""
    (tmp_path / "js" / "draw").mkdir(parents=True)
    (tmp_path / "js" / "main.js").write_text(
        'import { a } from "./draw/a.js";\nimport {\n  b,\n} from "./b.js";\n'
    )
    (tmp_path / "js" / "draw" / "a.js").write_text('export { b } from "../b.js";\n')
    (tmp_path / "js" / "b.js").write_text(
        'import "./main.js";\nconst late = import("./late.js");\n'
    )
    (tmp_path / "js" / "late.js").write_text("")
    return StaticTree(tmp_path)


def test_modules_are_those_that_main_needs_at_once(tree: StaticTree) -> None:
    """Static imports are followed, cycles end, and what is loaded later is left for later."""
    assert tree.modules("js/main.js") == ["js/main.js", "js/draw/a.js", "js/b.js"]


def test_version_follows_the_contents(tree: StaticTree) -> None:
    """Another text or another name gives another version, and the first text the first one."""
    first = tree.version()
    path = tree.directory / "js" / "late.js"
    path.write_text("1")
    changed = tree.version()
    path.rename(path.with_name("later.js"))
    renamed = tree.version()
    path.with_name("later.js").rename(path)
    path.write_text("")

    assert len({first, changed, renamed}) == 3
    assert tree.version() == first
