"""The settings and their reference."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "settings.md"


def documented() -> dict[str, str]:
    """Each variable of the reference's table with its default."""
    rows = re.findall(r"^\| `GX_(\w+)` \| (\S+) \|", REFERENCE.read_text(), re.MULTILINE)
    return {name.lower(): default.strip("`") for name, default in rows}


def test_every_setting_is_documented() -> None:
    """The reference names each setting and no other."""
    assert list(documented()) == list(Settings.model_fields)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_documented_default_is_the_default(name: str) -> None:
    """The default in the reference is what an unset variable means."""
    default = documented()[name].replace("empty", "")

    assert Settings.model_validate({name: default}) == Settings()


def test_variables_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that begins with GX_ sets what it names."""
    monkeypatch.setenv("GX_PORT", "9001")
    monkeypatch.setenv("GX_EMBED_ANCESTORS", "https://a.example https://b.example")

    settings = Settings()

    assert settings.port == 9001
    assert settings.embed_ancestors == "https://a.example https://b.example"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GX_PORT", "65536"),
        ("GX_PORT", "eighty"),
        ("GX_LOG_LEVEL", "loud"),
        ("GX_ROOT_PATH", "gradients"),
        ("GX_ROOT_PATH", "/gradients/"),
        ("GX_EMBED_ANCESTORS", "*; script-src *"),
        ("GX_MAX_SESSIONS", "0"),
        ("GX_SLICE_MS", "nan"),
        ("GX_MAX_MESSAGE_BYTES", "10"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """Nothing out of range reaches the server, nor anything that would break out of a header."""
    monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError):
        Settings()
