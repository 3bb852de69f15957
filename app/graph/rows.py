"""Where boxes stand within their layers, and where long lines bend: igraph's, by Sugiyama's method.

A line that crosses layers gets a bend in each. Where a box has many such lines they share a trunk,
which each leaves in the layer before its end: a weight that a loop uses a hundred times would else
fill the picture with parallel lines.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import igraph

BoxId = int | str
Line = tuple[BoxId, BoxId]
Ways = dict[Line, list[tuple[float, int]]]

# A box with more long lines than this has a trunk.
MOST_APART = 4
# The longest lines go straight when there would be more bends than this.
_MOST_BENDS = 3_000
_MOST_ROUNDS = 100
_WORK = 60_000
# In rows, between the middles of neighbours.
_BOX_GAP, _BEND_GAP = 1.0, 0.5


# While a number is dragged the graph keeps its shape, and this is a good part of the work.
@lru_cache(maxsize=4)
def rows_of(
    names: tuple[BoxId, ...], lines: tuple[Line, ...], columns: tuple[int, ...]
) -> tuple[dict[BoxId, float], Ways]:
    """The row of each box, and the (row, layer) of each bend of a long line.

    Args:
        names: the boxes.
        lines: (from, to), each to a later layer.
        columns: the layer of each box.
    """
    layers = dict(zip(names, columns, strict=True))
    trunks, apart = _grouped(lines, layers)
    vertex = {name: place for place, name in enumerate(names)}
    depths = list(columns)
    chains: dict[Line, list[int]] = {}
    edges = {(vertex[source], vertex[target]) for source, target in apart}
    for trunk in trunks:
        start = layers[trunk[0][0]]
        length = max(layers[target] for _, target in trunk) - start - 1
        chain = list(range(len(depths), len(depths) + length))
        depths += range(start + 1, start + 1 + length)
        for line in trunk:
            chains[line] = chain[: layers[line[1]] - start - 1]
            path = [vertex[line[0]], *chains[line], vertex[line[1]]]
            edges.update(pairwise(path))
    routed = sorted(edges)
    layout, ways = _laid_out(depths, routed)
    rows = _spread(layout, depths, len(names), ways)
    bends = {
        line: [(rows[bend], depths[bend]) for bend in chain] for line, chain in chains.items()
    }
    for line in apart:
        bends[line] = ways[vertex[line[0]], vertex[line[1]]]
    return dict(zip(names, rows, strict=False)), {
        line: _turns(points) for line, points in bends.items()
    }


def _turns(points: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """The bends without those at which a line goes straight on."""
    rows = [row for row, _ in points]
    return [
        point
        for place, point in enumerate(points)
        if place in (0, len(points) - 1)
        or not rows[place - 1] == rows[place] == rows[place + 1]
    ]


def _laid_out(
    depths: Sequence[int], edges: Sequence[tuple[int, int]]
) -> tuple[list[float], dict[tuple[int, int], list[tuple[float, int]]]]:
    """igraph's row of every vertex, and its (row, layer) of every bend of an edge."""
    graph = igraph.Graph(n=len(depths), edges=edges, directed=True)
    bends = sum(depths[target] - depths[source] - 1 for source, target in edges)
    rounds = max(5, min(_MOST_ROUNDS, _WORK // (len(depths) + bends)))
    layout = graph.layout_sugiyama(layers=list(depths), hgap=1, vgap=1, maxiter=rounds)
    ways = {
        edge: [(float(row), round(layer)) for row, layer in points]
        for edge, points in zip(edges, layout.edge_routing, strict=True)
    }
    return [float(row) for row, _ in layout.coords], ways


def _spread(
    rows: Sequence[float],
    depths: Sequence[int],
    boxes: int,
    ways: dict[tuple[int, int], list[tuple[float, int]]],
) -> list[float]:
    """Move apart what igraph has put closer together than it was told to, in the same order.

    The first so many vertices are boxes, the others bends of trunks. The bends of edges are moved
    in place.
    """
    moved = list(rows)
    columns: dict[int, list[tuple[float, int, tuple[tuple[int, int], int] | None]]]
    columns = defaultdict(list)
    for place, row in enumerate(rows):
        columns[depths[place]].append((row, place, None))
    for edge, points in ways.items():
        for index, (row, layer) in enumerate(points):
            columns[layer].append((row, -1, (edge, index)))
    for layer, column in columns.items():
        column.sort(key=lambda entry: entry[0])
        last, last_gap = -float("inf"), 0.0
        for row, place, bend in column:
            gap = _BOX_GAP if 0 <= place < boxes else _BEND_GAP
            last, last_gap = max(row, last + max(gap, last_gap)), gap
            if bend is None:
                moved[place] = last
            else:
                ways[bend[0]][bend[1]] = last, layer
    return moved


def _grouped(
    lines: Iterable[Line], layers: Mapping[BoxId, int]
) -> tuple[list[list[Line]], list[Line]]:
    """The trunks, and the lines that run apart; without those that go straight.

    The shortest come first, as many as there are bends for.
    """

    def bends(group: Sequence[Line]) -> int:
        return max(layers[target] - layers[source] - 1 for source, target in group)

    of: dict[BoxId, list[Line]] = defaultdict(list)
    groups: list[list[Line]] = []
    for line in lines:
        if bends([line]):
            of[line[0]].append(line)
        else:
            groups.append([line])
    for group in of.values():
        groups += [group] if len(group) > MOST_APART else [[line] for line in group]
    trunks, apart = [], []
    left = _MOST_BENDS
    for group in sorted(groups, key=bends):
        left -= bends(group)
        if left < 0:
            break
        if len(group) > 1:
            trunks.append(group)
        else:
            apart += group
    return trunks, apart
