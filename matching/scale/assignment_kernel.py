"""Compiled one-to-one assignment of greatest gain: the shortest augmenting paths of Crouse (2016), as
`scipy.optimize.linear_sum_assignment` walks them, ties included.
"""

import numpy as np
from numpy.typing import NDArray

from matching.compiled import inner

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


def assignment_room(size: int) -> tuple[Floats, Places]:
    """Working space for matrices of at most `size` rows and columns."""
    return np.zeros((5 + size, size)), np.zeros((6, size), dtype=np.int64)


@inner
def assign(gain: Floats, rows: int, columns: int, floats: Floats, places: Places, mate: Places) -> None:
    """mate[row] becomes the column of each row of gain[:rows, :columns], -1 for none."""
    turned = columns < rows
    height, width = (columns, rows) if turned else (rows, columns)
    cost = floats[5:]
    for i in range(height):
        for j in range(width):
            cost[i, j] = -(gain[j, i] if turned else gain[i, j])
    u, v = floats[0], floats[1]
    column_of, row_of = places[0], places[1]
    for i in range(height):
        u[i], column_of[i] = 0.0, -1
    for j in range(width):
        v[j], row_of[j] = 0.0, -1
    for row in range(height):
        _augment(cost, row, height, width, floats, places)
    for row in range(rows):
        mate[row] = row_of[row] if turned else column_of[row]


@inner
def _augment(cost: Floats, row: int, height: int, width: int, floats: Floats, places: Places) -> None:
    u, v, shortest = floats[0], floats[1], floats[2]
    column_of, row_of, path, left, in_rows, in_columns = (
        places[0], places[1], places[2], places[3], places[4], places[5],
    )  # fmt: skip
    for j in range(width):
        left[j] = width - j - 1
        shortest[j], in_columns[j] = np.inf, 0
    for i in range(height):
        in_rows[i] = 0
    count, sink, least, i = width, np.int64(-1), 0.0, np.int64(row)
    while sink == -1:
        index, lowest = np.int64(-1), np.inf
        in_rows[i] = 1
        for place in range(count):
            j = left[place]
            reach = least + cost[i, j] - u[i] - v[j]
            if reach < shortest[j]:
                path[j], shortest[j] = i, reach
            if shortest[j] < lowest or (shortest[j] == lowest and row_of[j] == -1):
                lowest, index = shortest[j], np.int64(place)
        least = lowest
        j = left[index]
        if row_of[j] == -1:
            sink = j
        else:
            i = row_of[j]
        in_columns[j] = 1
        count -= 1
        left[index] = left[count]
    u[row] += least
    for i in range(height):
        if in_rows[i] and i != row:
            u[i] += least - shortest[column_of[i]]
    for j in range(width):
        if in_columns[j]:
            v[j] -= least - shortest[j]
    j = sink
    while True:
        i = path[j]
        row_of[j] = i
        j, column_of[i] = column_of[i], j
        if i == row:
            break
