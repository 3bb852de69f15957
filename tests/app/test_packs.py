"""Packs: the modules that a page loads in one file behave as they do one by one."""

import subprocess
from pathlib import Path

import pytest

from app.linking import link, reached
from app.packs import FOLDER, PACKS, PARTS, ROOMS, SHARED, Packer
from app.static_files import StaticTree, asset_directory

MODULES = {
    "js/main.js": """\
import { double as twice } from "./draw/double.js";
import {
  count,
  Tally,
} from "./tally.js";

/** Of two lines. @type {import("./tally.js").Tally} */
const tally = new Tally();
/** @type {any} */ (globalThis).told = [twice(4), count(), tally.kind];
export const later = async () => (await import("./late.js")).late();
""",
    "js/draw/double.js": """\
import { count } from "../tally.js";

/**
 * Counts itself.
 * @param {number} x
 */
export function double(x) {
  count();
  return text(x) + x;
}
const text = (/** @type {number} */ x) => x; // export function none() {}
""",
    "js/tally.js": """\
let counted = 0;
export class Tally {
  kind = "import { a } from './a.js'";
}
export const count = () => (counted += 1);
""",
    "js/late.js": """\
import { count } from "./tally.js";
import { double } from "./draw/double.js";

export async function late() {
  return [double(5), count()];
}
""",
}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Modules with every form that we join: one is needed twice, one comes later."""
    for name, text in MODULES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest.fixture(scope="module")
def packer() -> Packer:
    """Of the real page."""
    return Packer(StaticTree(asset_directory("static")))


def run(directory: Path, module: str) -> str:
    """What a program sees that imports a module."""
    program = f"""
        const {{ later, $main }} = await import("{(directory / module).as_uri()}");
        console.log(JSON.stringify([globalThis.told, await (later ?? $main.later)()]));
    """
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", program],
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout


def write_packs(directory: Path, homes: dict[str, str]) -> None:
    """Each pack as a file."""
    (directory / "package.json").write_text('{"type": "module"}')
    for pack in set(homes.values()):
        (directory / f"{pack}.js").write_text(link(directory, pack, homes))


def test_a_module_comes_after_those_that_it_imports(directory: Path) -> None:
    """What is loaded later is left for later."""
    assert reached(directory, ["js/main.js"]) == ["js/tally.js", "js/draw/double.js", "js/main.js"]


def test_joined_modules_behave_as_they_did(directory: Path) -> None:
    """A late part in its own pack shares the state of the modules that were there before."""
    first = reached(directory, ["js/main.js"])
    write_packs(directory, {**dict.fromkeys(first, "room"), "js/late.js": "part"})

    expected = '[[8,2,"import { a } from \'./a.js\'"],[10,4]]\n'
    assert run(directory, "js/main.js") == expected
    assert run(directory, "room.js") == expected
    assert "Counts itself" not in (directory / "room.js").read_text()


def test_a_circle_is_refused(directory: Path) -> None:
    """There is no order in which modules that need each other could be called."""
    (directory / "js/tally.js").write_text('import { double } from "./draw/double.js";\n')
    with pytest.raises(ValueError, match=r"circle.*js/draw/double\.js.*js/tally\.js"):
        reached(directory, ["js/main.js"])


@pytest.mark.parametrize(
    "form",
    [
        "export default 1;",
        'export { count } from "./tally.js";',
        'import * as all from "./tally.js";',
        'import "./tally.js";',
        "export let x = 1;",
    ],
)
def test_a_form_that_is_not_ours_is_refused(directory: Path, form: str) -> None:
    """It is named with its module, before any page is broken by it."""
    (directory / "js/late.js").write_text(f"const a = 1;\n{form}\n")
    with pytest.raises(ValueError, match=r"js/late\.js: .*, got " + form[:9].replace("*", r"\*")):
        link(directory, "part", {"js/tally.js": "room", "js/late.js": "part"})


@pytest.mark.parametrize("name", [*PACKS, SHARED])
def test_every_pack_is_a_module(packer: Packer, name: str, tmp_path: Path) -> None:
    """Each room's and part's scripts, joined and without their documentation, still parse."""
    path = tmp_path / "pack.mjs"
    path.write_text(packer.text(f"{FOLDER}{name}.js") or "")
    assert path.stat().st_size > 1000
    subprocess.run(["node", "--check", path], check=True)


def test_every_module_is_in_one_pack_of_a_page(packer: Packer) -> None:
    """A module that was there twice would keep its state twice."""
    playground = ["playground", SHARED, *PARTS]
    heads = [
        line
        for name in playground
        for line in (packer.text(f"{FOLDER}{name}.js") or "").splitlines()
        if line.startswith("// js/")
    ]
    assert len(heads) == len(set(heads))
    assert {head.removeprefix("// ") for head in heads} == {
        module for name in ("playground", *PARTS) for module in packer.modules(name)
    }


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_needs_two_files(packer: Packer, name: str) -> None:
    """Its scripts and its style sheets."""
    assert packer.scripts(name) == [f"packs/{name}.js"]
    assert packer.sheets(name) == [f"packs/{name}.css"]
    sheets = packer.text(f"packs/{name}.css") or ""
    assert sheets.index(":root") < sheets.index(".skip")


@pytest.mark.parametrize("path", ["packs/none.js", "packs/card.css", "packs/card", "js/card.js"])
def test_there_is_no_other_pack(packer: Packer, path: str) -> None:
    """A part without style sheets has no pack of them; what lies elsewhere is no pack."""
    assert packer.text(path) is None
