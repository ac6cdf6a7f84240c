"""The cheapest way to give every row of a square of costs a column of its own."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["assign_columns"]


def assign_columns(costs: Sequence[Sequence[int]]) -> list[int]:
    """The column of each row, so that the sum of the costs is the least there is.

    Kuhn and Munkres' method with potentials, one shortest augmenting path a row (Jonker and Volgenant, A shortest
    augmenting path algorithm for dense and sparse linear assignment problems, Computing 38, 1987). O(n³); among equal
    sums, always the same one.

    >>> assign_columns([[4, 1, 3], [2, 0, 5], [3, 2, 2]])
    [1, 0, 2]
    """
    size = len(costs)
    row_potentials, column_potentials = [0] * (size + 1), [0] * (size + 1)
    row_of = [size] * (size + 1)  # the row that holds each column; ``size`` stands for none, as row and as column
    for row in range(size):
        row_of[size] = row
        least: list[float] = [float("inf")] * size
        came_from = [size] * size
        visited: list[int] = []
        column = size
        while row_of[column] != size:
            visited.append(column)
            current = row_of[column]
            for other in set(range(size)).difference(visited):
                reduced = costs[current][other] - row_potentials[current] - column_potentials[other]
                if reduced < least[other]:
                    least[other], came_from[other] = reduced, column
            following = min(set(range(size)).difference(visited), key=lambda other: (least[other], other))
            step = int(least[following])
            for seen in visited:
                row_potentials[row_of[seen]] += step
                column_potentials[seen] -= step
            least = [value - step for value in least]
            column = following
        while column != size:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    columns = [0] * size
    for column, row in enumerate(row_of[:size]):
        columns[row] = column
    return columns
