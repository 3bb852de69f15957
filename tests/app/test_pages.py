"""The HTML pages, their headers, and what they say when something is wrong."""

import gzip
import json
import re
from html.parser import HTMLParser

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.languages import LANGUAGES
from app.main import create_app
from app.settings import Settings

PATHS = ["/", "/embed", "/compare", "/compare/embed"]


def client(**settings: str) -> TestClient:
    """A client of a fresh application, whose browser wishes for no language."""
    app = create_app(Settings.model_validate(settings))
    return TestClient(app, headers={"Accept-Language": ""}, raise_server_exceptions=False)


class Addresses(HTMLParser):
    """Collects what a page would fetch, and whether it has inline scripts or styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the addresses of one element."""
        attributes = dict(attrs)
        for name in ("src", "href"):
            if tag in ("link", "script", "img") and attributes.get(name):
                self.found.append(str(attributes[name]))
        kind = attributes.get("type")
        if tag == "script" and "src" not in attributes and kind != "application/json":
            self.inline.append(tag)
        if tag == "style" or "style" in attributes or any(n.startswith("on") for n in attributes):
            self.inline.append(tag)


def facts(html: str) -> dict[str, object]:
    """The facts that a page hands to its scripts."""
    found = re.search(r'id="facts">(.*?)</script>', html, re.DOTALL)
    assert found
    loaded: dict[str, object] = json.loads(found[1])
    return loaded


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_speaks_the_language_of_its_link(path: str, language: str) -> None:
    """The document says its language, and the scripts get the same one."""
    response = client().get(path, params={"lang": language})

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text
    assert response.headers["Content-Language"] == language
    assert facts(response.text)["language"] == language


def test_page_follows_the_browser_where_the_link_is_silent() -> None:
    """Accept-Language decides without ?lang=, and caches are told so."""
    response = client().get("/", headers={"Accept-Language": "zh-CN,en;q=0.5"})

    assert '<html lang="zh-Hans"' in response.text
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("address", "link"),
    [("/compare?lang=zh", "/?lang=zh-Hans"), ("/compare", "/"), ("/?lang=x", "/")],
)
def test_links_to_other_rooms_keep_a_language_that_was_wished_for(address: str, link: str) -> None:
    """A language that the link chose holds in the next room; else the browser decides."""
    assert f'class="to-playground" href="{link}"' in client().get(address).text


@pytest.mark.parametrize("path", PATHS)
def test_everything_that_a_page_names_is_there_for_ever(path: str) -> None:
    """Each file has a hashed address, is immutable, and is found."""
    speaker = client()
    addresses = Addresses(speaker.get(path).text).found

    assert any(re.search(r"/packs/\w+\.js$", address) for address in addresses)
    for address in addresses:
        response = speaker.get(address)

        assert (address, response.status_code) == (address, 200)
        assert re.match(r"/static/[0-9a-f]{12}/", address)
        assert "immutable" in response.headers["Cache-Control"]


@pytest.mark.parametrize("path", PATHS)
def test_page_needs_no_exception_from_its_policy(path: str) -> None:
    """No inline script, handler or style stands in the HTML."""
    assert Addresses(client().get(path).text).inline == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_load_is_light(language: str) -> None:
    """The page with all its scripts and styles takes less than 100 kB of traffic."""
    speaker = client()
    page = f"/?lang={language}"
    addresses = {page, *Addresses(speaker.get(page).text).found}

    assert sum(traffic_bytes(speaker, address) for address in addresses) < 100_000


def traffic_bytes(speaker: TestClient, address: str) -> int:
    """The size of a response's body as it travels."""
    with speaker.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as response:
        return sum(len(part) for part in response.iter_raw())


def test_page_is_asked_for_again_each_time() -> None:
    """The HTML itself is never kept without asking: it names the hashes."""
    assert client().get("/").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["packs/card.js", "packs/graph.css", "js/main.js", "icon.svg"])
def test_an_older_version_is_served_but_not_kept(path: str) -> None:
    """A page from before an upgrade can still load what it has not loaded yet."""
    response = client().get(f"/static/000000000000/{path}")

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/static/000000000000/js/none.js", "/static/", "/static/x/%2e%2e/%2e%2e/README.md"]
)
def test_a_missing_file_is_a_404(path: str) -> None:
    """What is not below static is not served."""
    assert client().get(path).status_code == 404


def test_text_travels_compressed() -> None:
    """Pages and scripts are gzipped for whoever takes it."""
    with client().stream("GET", "/", headers={"Accept-Encoding": "gzip"}) as response:
        body = b"".join(response.iter_raw())

    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body).lstrip().startswith(b"<!doctype html>")


def policy(response_headers: object) -> dict[str, str]:
    """A Content-Security-Policy as directive and sources."""
    rules = str(response_headers).split("; ")
    return {name: sources for name, _, sources in (rule.partition(" ") for rule in rules)}


def test_every_response_forbids_foreign_hosts() -> None:
    """Pages, files and errors carry the same policy."""
    speaker = client()
    for path in (*PATHS, "/healthz", "/nowhere"):
        headers = speaker.get(path).headers

        assert policy(headers["Content-Security-Policy"])["default-src"] == "'self'"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("ancestors", "sources"), [("*", None), ("https://a.example", "https://a.example")]
)
def test_only_the_embed_may_be_framed_elsewhere(ancestors: str, sources: str | None) -> None:
    """The page stays in its own site; the embed goes where the host allows."""
    speaker = client(embed_ancestors=ancestors)
    page = policy(speaker.get("/").headers["Content-Security-Policy"])
    embed = policy(speaker.get("/embed").headers["Content-Security-Policy"])

    assert page["frame-ancestors"] == "'self'"
    assert embed.get("frame-ancestors") == sources


def test_health_says_ok() -> None:
    """What Docker asks."""
    response = client().get("/healthz")

    assert response.status_code == 200
    assert response.json()["status"] == "ok"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/x", 404), ("POST", "/", 405), ("POST", "/static/0/packs/card.js", 405)],
)
def test_errors_are_pages_in_the_readers_language(method: str, path: str, status: int) -> None:
    """A wrong address or method gets a page with a way back, not JSON."""
    response = client().request(method, path, params={"lang": "zh"})

    assert response.status_code == status
    assert '<html lang="zh-Hans"' in response.text
    assert 'href="/?lang=zh-Hans"' in response.text


def test_an_error_page_repeats_an_address_as_text_only() -> None:
    """What a link says cannot become markup."""
    assert "<script>alert" not in client().get("/<script>alert(1)</script>").text


def test_a_fault_of_ours_is_a_page_without_a_traceback() -> None:
    """500 says that the log knows more, in the reader's language."""
    app = create_app(Settings())
    _break(app)
    response = TestClient(app, raise_server_exceptions=False).get("/broken?lang=zh")

    assert response.status_code == 500
    assert '<html lang="zh-Hans"' in response.text
    assert "secret" not in response.text


def _break(app: FastAPI) -> None:
    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("secret")


def test_a_prefix_of_the_proxy_leads_every_address() -> None:
    """Behind a proxy's path all addresses and the socket carry it."""
    speaker = TestClient(create_app(Settings()), root_path="/gradients")
    html = speaker.get("/gradients/").text

    assert all(address.startswith("/gradients/static/") for address in Addresses(html).found)
    assert facts(html)["wsPath"] == "/gradients/ws"
