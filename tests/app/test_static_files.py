"""The version of the static tree."""

from pathlib import Path

import pytest

from app.static_files import StaticTree


@pytest.fixture
def tree(tmp_path: Path) -> StaticTree:
    """Two scripts."""
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "main.js").write_text("main")
    (tmp_path / "js" / "late.js").write_text("")
    return StaticTree(tmp_path)


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
