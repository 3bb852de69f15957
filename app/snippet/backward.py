"""backward() and changes in place: what they do, and what the reader should know about it."""

from typing import Any

from app.snippet.errors import Refusal, gettext_noop
from app.snippet.passes import AnyNode, recorded
from app.snippet.state import State, node_of
from engine.scalar import Value
from engine.tape import order, sweep
from engine.tensor import Tensor


def backward(
    state: State, root: Tensor | Value, gradient: Any = None, *, retain_graph: bool = False
) -> None:
    """Send gradients back from a result, and keep how it went.

    Raises:
        Refusal: the graph is too large to be shown.
        GradientError: no gradient can flow from here.
        DomainError: a derivative is not finite.
    """
    node = node_of(root)
    nodes: list[AnyNode] = order(node)
    state.meter.graph(len(nodes))
    held = [node for node in nodes if _holds_gradient(node)]
    if isinstance(root, Tensor):
        steps = root.backward(gradient)
    else:
        steps = sweep(root, 1.0)
        for stop in steps:
            stop.node.grad += stop.gradient
    state.newest = recorded(node, steps, state.here)
    reached = {stop.node for stop in steps}
    _remark_freed_graph(state, root)
    if retain_graph:
        state.retained.add(node)
    else:
        state.retained.discard(node)
    _remark_accumulation(state, [node for node in held if node in reached])
    state.finished.append((node, node.data))


def _holds_gradient(node: AnyNode) -> bool:
    if isinstance(node, Value):
        return not node.parents and node.grad != 0
    owner = node.owner
    return isinstance(owner, Tensor) and owner.grad is not None and bool(owner.grad.data.any())


def _remark_freed_graph(state: State, root: Tensor | Value) -> None:
    if node_of(root) in state.retained:
        return
    again = any(earlier is node_of(root) for earlier, _ in state.finished)
    if again and isinstance(root, Tensor):
        state.remark(
            "same-graph-again",
            gettext_noop(
                "This is another backward() through the same graph. PyTorch allows it only after "
                "backward(retain_graph=True)."
            ),
        )


def _remark_accumulation(state: State, held: list[AnyNode]) -> None:
    if held:
        names = [state.names[node][0] for node in held if node in state.names]
        state.remark(
            "accumulated",
            gettext_noop(
                "backward() added to the gradients that were already there (%(names)s): they "
                "accumulate until they are set to zero."
            ),
            names=", ".join(names[:8]) or "…",
        )


def change(state: State, target: Tensor, result: Tensor) -> None:
    """Let a tensor hold a result from now on, as PyTorch's changes in place do.

    Raises:
        Refusal: PyTorch would refuse too.
    """
    if target.requires_grad and target.is_leaf and state.recording:
        raise Refusal(
            gettext_noop(
                "A leaf that requires a gradient cannot be changed in place while gradients are "
                "recorded."
            ),
            gettext_noop("Put the update into a block: with torch.no_grad():"),
        )
    if result.shape != target.shape:
        raise Refusal(
            gettext_noop(
                "A change in place keeps the shape: the result has %(got)s, the tensor %(shape)s."
            ),
            got=list(result.shape),
            shape=list(target.shape),
        )
    if result.is_floating and not target.is_floating:
        raise Refusal(
            gettext_noop("A tensor of integers cannot take real numbers in place."),
            gettext_noop("Write its numbers with a point: 1.0 instead of 1."),
        )
    if target.requires_grad and not target.is_leaf and not state.recording:
        raise Refusal(
            gettext_noop("A result with a history cannot be changed inside torch.no_grad()."),
            gettext_noop("Take x.detach() first."),
        )
    old = target.node
    if result.requires_grad:
        target.node = result.node
    else:
        target.assign(result.data)
        for name in state.names.get(old, []):
            state.name(target, name)
        state.place(target)
