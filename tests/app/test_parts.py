"""Parts of the page that come later: their modules, styles and words."""

import re

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.parts import PARTS
from app.settings import Settings
from app.static_files import asset_directory

STATIC = asset_directory("static")


@pytest.fixture(scope="module")
def client() -> TestClient:
    """A browser, as far as these tests need one."""
    return TestClient(create_app(Settings()))


@pytest.mark.parametrize("name", PARTS)
def test_a_part_comes_with_all_that_it_needs(client: TestClient, name: str) -> None:
    """Every module and sheet that its manifest names is there, its own entries among them."""
    found = client.get(f"/parts/{name}?lang=zh-Hans").json()

    for entry in PARTS[name].entries:
        assert any(address.endswith(entry) for address in found["modules"])
    for address in [*found["modules"], *found["sheets"]]:
        assert client.get(address).status_code == 200


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
