"""The best proposals for all together: an assignment of greatest points, by the Hungarian method as scipy has it."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from scipy.optimize import linear_sum_assignment

from placement.offers.matching.scoring import Candidate, Opening, Weights, fit


def assigned(
    candidates: Sequence[Candidate], openings: Sequence[Opening], weights: Weights, day: date
) -> tuple[tuple[int, int], ...]:
    """Pairs of indexes. Takes its time: for a thread."""
    found = [[fit(each, opening, weights, day) for opening in openings] for each in candidates]
    points = [[each.points if each else 0 for each in row] for row in found]
    return best_pairs(points, [opening.seats for opening in openings])


def best_pairs(points: Sequence[Sequence[int]], seats: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Pairs (row, column) of the greatest sum of points: each row once at most, each column as often as it has seats; a
    pair without points never."""
    columns = [column for column, free in enumerate(seats) for _ in range(min(free, len(points)))]
    if not columns:
        return ()
    matrix = np.array(points, dtype=np.int64)[:, columns]
    rows, places = linear_sum_assignment(matrix, maximize=True)
    pairs = zip(rows.tolist(), places.tolist(), strict=True)
    return tuple(sorted((row, columns[place]) for row, place in pairs if matrix[row, place] > 0))
