"""Draws random programs of plain arithmetic, for what the graph room makes of them."""

from random import Random

_CALLS = (
    "tanh({a})",
    "sigmoid({a})",
    "sin({a})",
    "cos({a})",
    "relu({a})",
    "abs({a})",
    "exp(0.1 * {a})",
    "log(abs({a}) + 0.5)",
    "sqrt({a} * {a} + 0.1)",
    "clamp({a}, -0.5, 0.75)",
    "max({a}, {b})",
    "min({a}, 0.25)",
    "max(-0.5, {a})",
    "-{a}",
    "{a} + {b}",
    "{a} - {b}",
    "{a} * {b}",
    "1.5 - {a}",
    "0.5 * {a}",
    "{a} / ({b} * {b} + 1.0)",
    "2.0 / ({a}**2 + 0.5)",
    "{a}**3",
    "({a} * {a} + 0.5)**{b}",
    "1.25**{a}",
    "{a} * {a} - {b} * 0.3",
)


def draw(random: Random) -> str:
    """A program of a few leaves and a dozen operations; its numbers stay moderate."""
    names = [f"p{number}" for number in range(random.randint(1, 4))]
    lines = [f"{name} = {random.uniform(-2, 2):.3f}" for name in names]
    for number in range(random.randint(2, 12)):
        a, b = random.choice(names), random.choice(names)
        made = random.choice(_CALLS).format(a=a, b=b)
        names.append(f"v{number}")
        # What grows is tamed, so that powers of powers stay numbers.
        lines.append(f"{names[-1]} = {made if random.random() < 0.5 else f'tanh({made})'}")
        if random.random() < 0.3:
            lines[-1] = f"{names[-1]} = tanh({made}) + 0.25 * tanh({random.choice(names[:-1])})"
    lines.append(f"loss = {' + '.join(f'tanh({name})' for name in names)}")
    return "\n".join([*lines, ""])
