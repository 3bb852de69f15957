"""Parts of the page that come later: their modules, styles and words."""

import re

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.packs import PARTS
from app.settings import Settings
from app.static_files import asset_directory

STATIC = asset_directory("static")


@pytest.fixture(scope="module")
def client() -> TestClient:
    """A browser, as far as these tests need one."""
    return TestClient(create_app(Settings()))


@pytest.mark.parametrize("name", PARTS)
def test_a_part_comes_with_all_that_it_needs(client: TestClient, name: str) -> None:
    """Every script and sheet that its manifest names is there, its own entries in them."""
    found = client.get(f"/parts/{name}?lang=zh-Hans").json()
    scripts = [client.get(address) for address in found["scripts"]]
    sheets = [client.get(address) for address in found["sheets"]]

    assert {script.headers["content-type"] for script in scripts} == {
        "text/javascript; charset=utf-8"
    }
    for entry in PARTS[name].entries:
        assert any(f"// {entry}\n" in script.text for script in scripts)
    assert len(sheets) == (1 if PARTS[name].sheets else 0)
    assert all(sheet.headers["content-type"] == "text/css; charset=utf-8" for sheet in sheets)


def test_its_words_are_those_of_its_own_scripts(client: TestClient) -> None:
    """They come in the reader's language; English needs none."""
    chinese = client.get("/parts/proof?lang=zh-Hans").json()["words"]

    assert chinese["Is the gradient right?"] == "梯度算对了吗？"
    assert "Return slips" not in chinese
    assert client.get("/parts/proof?lang=en").json()["words"] == {}


def test_an_unknown_part_is_not_found(client: TestClient) -> None:
    """There is no manifest of what is no part."""
    assert client.get("/parts/none").status_code == 404


def test_whatever_scripts_load_later_is_a_part() -> None:
    """Otherwise it would speak English to Chinese readers: its words come with its manifest."""
    imported = {
        (script.parent / target).resolve().relative_to(STATIC.resolve()).as_posix()
        for script in STATIC.rglob("*.js")
        for target in re.findall(r"""(?<!typeof )\bimport\("([^"]+)"\)(?!\.)""", script.read_text())
    }

    assert imported == {entry for part in PARTS.values() for entry in part.entries}
