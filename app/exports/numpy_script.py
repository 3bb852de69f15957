"""One update as a script in NumPy alone: the lines of the microscope, with their numbers."""

from collections.abc import Mapping

import numpy as np

from app.exports.literals import INDENT, comment, literal
from app.playground_link import to_link
from app.protocol import Gettext
from app.run import Run
from engine.microscope import PHASES, Dissection, dissect

LONGEST_LINK = 2000

PRINT = """\
print("loss =", float(loss))
for layer in W:
    print(f"dW[{layer}] =", dW[layer].tolist())
    print(f"db[{layer}] =", db[layer].tolist())
new_W, new_b = split(new_parameters)
for layer in W:
    print(f"new W[{layer}] =", new_W[layer].tolist())
    print(f"new b[{layer}] =", new_b[layer].tolist())
print("loss after =", float(loss_after))"""


def numpy_script(run: Run, gettext: Gettext) -> str:
    """A script that makes the run's next update, and prints loss, gradients and new weights.

    Args:
        run: left as it is.
        gettext: translates the comments.
    """
    dissection = dissect(run.trainer)
    program = dissection.program
    parts = [
        head(run, gettext),
        "import numpy as np",
        *_givens(dissection, gettext),
        "\n\n\n".join(program.definitions) + "\n",
        "\n".join(program.setup),
    ]
    explained = _explanations(gettext)
    for number, phase in enumerate(PHASES):
        lines = [line.text for line in program.lines if line.phase == number]
        parts.append("\n".join([comment(explained[phase]), *lines]))
    return "\n\n".join([*parts, PRINT]) + "\n"


def head(run: Run, gettext: Gettext) -> str:
    """What the script is, and the link that leads back."""
    title = gettext(
        "Gradient Express: update %(step)s of a run, by itself. It prints the loss, the "
        "gradients and the next weights that the page shows."
    )
    lines = [comment(title % {"step": run.trainer.step + 1})]
    link = to_link(run.experiment)
    if len(link) <= LONGEST_LINK:
        lines.append(comment(gettext("The same experiment: add this to the page's address.")))
        lines.append(f"# #{link}")
    return "\n".join(lines)


def _givens(dissection: Dissection, gettext: Gettext) -> list[str]:
    givens = dissection.givens()
    X, y, W, b = (givens.pop(name) for name in ("X", "y", "W", "b"))
    batch = gettext("The batch: %(count)s examples, a row each, and their targets.")
    parameters = gettext(
        "The weights and biases before the update: W[layer] has a row for each input and a "
        "column for each unit."
    )
    parts = [
        "\n".join(
            [comment(batch % {"count": len(dissection.examples)}), _given("X", X), _given("y", y)]
        ),
        "\n".join([comment(parameters), _layers("W", W), _layers("b", b)]),
    ]
    if givens:
        numbers = gettext("The numbers of the update, and the optimizer's memory from before it.")
        parts.append(
            "\n".join([comment(numbers), *(_given(name, given) for name, given in givens.items())])
        )
    return parts


def _given(name: str, given: object) -> str:
    return f"{name} = {_source(given)}"


def _source(given: object) -> str:
    if not isinstance(given, np.ndarray):
        return repr(given)
    if given.ndim == 0:
        return literal(given)
    narrow = ", dtype=np.float32" if given.dtype == np.float32 else ""
    return f"np.array({literal(given)}{narrow})"


def _layers(name: str, arrays: object) -> str:
    if not isinstance(arrays, Mapping):
        raise TypeError(f"expected a layer's array by its number, got {arrays!r}")
    entries = [
        f"{INDENT}{layer}: {_source(array)},".replace("\n", f"\n{INDENT}")
        for layer, array in arrays.items()
    ]
    return "\n".join([f"{name} = {{", *entries, "}"])


def _explanations(gettext: Gettext) -> dict[str, str]:
    """What each phase does, in a sentence or two."""
    return {
        "forward": gettext(
            "Forward: layer by layer, z is the weighted sum of what came in, and a what the "
            "activation makes of it."
        ),
        "loss": gettext("The loss of each example, and their mean, which is optimized."),
        "backward": gettext(
            "Backward: da is what came back to a layer, slope how much it was listening, and "
            "their product delta its error signal. dW and db are its own share; delta @ W.T is "
            "what it passes on."
        ),
        "update": gettext(
            "The update: from the gradient to the change of every weight and bias. All of them "
            "change at once, after the gradients have arrived."
        ),
    }
