"""Folds: long chains and repeated blocks of a graph, each drawn as one box.

A loop's first and last turn stay as they are, and the turns between them become one box. A long
chain keeps its ends. What would make the drawing go in circles is not folded.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

FEWEST_TURNS = 4
SHORTEST_CHAIN = 8
# From here on a graph is folded unless the reader says otherwise.
MOST_UNFOLDED = 60
_MOST_FOLDS = 40

Node = dict[str, Any]


@dataclass(frozen=True)
class Fold:
    """Nodes that are drawn as one box.

    Attributes:
        key: where it comes from in the text; stays the same while numbers change.
        kind: "turns" of a loop, or "chain".
        members: the nodes' ids.
        count: of turns, or of operations in the chain.
    """

    key: str
    kind: str
    members: frozenset[int]
    count: int


def find_folds(graph: dict[str, Any], opened: Collection[str]) -> list[Fold]:
    """What can be folded in a graph, without the folds that are opened."""
    nodes: Sequence[Node] = graph["nodes"]
    users = _users(nodes)
    taken: set[int] = set()
    folds: list[Fold] = []
    for candidate in [*_turns(nodes), *_chains(nodes, users, graph["root"])]:
        if len(folds) >= _MOST_FOLDS:
            break
        members = _with_own_leaves(candidate.members, nodes, users)
        if members & taken or graph["root"] in members:
            continue
        fold = Fold(candidate.key, candidate.kind, frozenset(members), candidate.count)
        if fold.key in opened:
            # What was opened as a loop is not folded again as a chain.
            taken |= members
        elif _stays_acyclic(nodes, [*folds, fold]):
            folds.append(fold)
            taken |= members
    return folds


def _users(nodes: Iterable[Node]) -> dict[int, list[int]]:
    users: dict[int, list[int]] = defaultdict(list)
    for node in nodes:
        for parent in node["parents"]:
            users[parent].append(node["id"])
    return users


def _turns(nodes: Sequence[Node]) -> list[Fold]:
    """The middle turns of loops: nodes that the same stretch of text made again and again."""
    made: dict[tuple[int, ...], list[int]] = defaultdict(list)
    turn: dict[int, int] = {}
    for node in nodes:
        if node["kind"] == "result" and node["span"]:
            place = tuple(node["span"].values())
            turn[node["id"]] = len(made[place])
            made[place].append(node["id"])
    home = {
        identifier: place
        for place, ids in made.items()
        if len(ids) >= FEWEST_TURNS
        for identifier in ids
    }
    families = _families(nodes, home, made, turn)
    folds = []
    for places in families:
        turns = len(made[places[0]])
        members = {identifier for place in places for identifier in made[place][1:-1]}
        line, column = min(places)[:2]
        folds.append(Fold(f"turns {line}.{column}", "turns", frozenset(members), turns - 2))
    return folds


def _families(
    nodes: Sequence[Node],
    home: dict[int, tuple[int, ...]],
    made: dict[tuple[int, ...], list[int]],
    turn: dict[int, int],
) -> list[list[tuple[int, ...]]]:
    """Places in the text that belong to one loop: one feeds the other in the same or next turn."""
    leader = {place: place for place in home.values()}

    def find(place: tuple[int, ...]) -> tuple[int, ...]:
        while leader[place] != place:
            place = leader[place]
        return place

    for node in nodes:
        for parent in node["parents"]:
            if node["id"] not in home or parent not in home:
                continue
            here, there = home[node["id"]], home[parent]
            same = len(made[here]) == len(made[there])
            if same and turn[node["id"]] - turn[parent] in (0, 1):
                leader[find(there)] = find(here)
    families: dict[tuple[int, ...], list[tuple[int, ...]]] = defaultdict(list)
    for place in leader:
        families[find(place)].append(place)
    return sorted(families.values(), key=min)


def _chains(nodes: Sequence[Node], users: dict[int, list[int]], root: int) -> list[Fold]:
    """Runs of results that each have one result as operand and one user, without their ends."""
    after: dict[int, int] = {}
    for node in nodes:
        results = {parent for parent in node["parents"] if nodes[parent]["kind"] == "result"}
        if len(results) == 1:
            (before,) = results
            if set(users[before]) == {node["id"]} and before != root:
                after[before] = node["id"]
    inner = set(after.values())
    folds: list[Fold] = []
    for start in [first for first in after if first not in inner]:
        run = [start]
        while run[-1] in after:
            run.append(after[run[-1]])
        if len(run) >= SHORTEST_CHAIN:
            span = nodes[start]["span"] or {"line": 0, "column": start}
            key = f"chain {span['line']}.{span['column']}.{len(folds)}"
            folds.append(Fold(key, "chain", frozenset(run[1:-1]), len(run) - 2))
    return folds


def _with_own_leaves(
    members: Collection[int], nodes: Sequence[Node], users: dict[int, list[int]]
) -> set[int]:
    """Members together with the leaves that nobody else uses, however they are named."""
    found = set(members)
    for member in members:
        for parent in nodes[member]["parents"]:
            if nodes[parent]["kind"] != "result" and found.issuperset(users[parent]):
                found.add(parent)
    return found


def _stays_acyclic(nodes: Sequence[Node], folds: Sequence[Fold]) -> bool:
    """Whether no way leads out of a fold and back into one that comes before it."""
    home = box_of(nodes, folds)
    waiting: dict[Any, set[Any]] = {box: set() for box in home.values()}
    users: dict[Any, set[Any]] = defaultdict(set)
    for node in nodes:
        for parent in node["parents"]:
            source, target = home[parent], home[node["id"]]
            if source != target:
                waiting[target].add(source)
                users[source].add(target)
    counts = {box: len(before) for box, before in waiting.items()}
    ready = [box for box, count in counts.items() if count == 0]
    done = 0
    while ready:
        box = ready.pop()
        done += 1
        for user in users[box]:
            counts[user] -= 1
            if counts[user] == 0:
                ready.append(user)
    return done == len(counts)


def box_of(nodes: Iterable[Node], folds: Sequence[Fold]) -> dict[int, int | str]:
    """The box that each node is drawn in: its own, or that of its fold."""
    home: dict[int, int | str] = {node["id"]: node["id"] for node in nodes}
    for number, fold in enumerate(folds):
        for member in fold.members:
            home[member] = f"fold{number}"
    return home
