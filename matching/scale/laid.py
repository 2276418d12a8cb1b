"""Where the records stand, and what a request laid on them comes to."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.scale.assignment_kernel import Floats, Places
from matching.scale.family_kernel import Bits, Flags, Table


class Homes(NamedTuple):
    """Where the records stand: their household, their list, the members of each household."""

    group_of: NDArray[np.int32]
    list_of: NDArray[np.int32]
    starts: Places
    members: NDArray[np.int32]
    unnamed_starts: Places
    unnamed: NDArray[np.int32]


class Start(NamedTuple):
    """What every link begins with, and the learned factors by comparison."""

    millibits: int
    prior: float  # bits, without what was learned
    factors: Floats


class Laid(NamedTuple):
    """The candidates of a request, then the unnamed members of their households; by sought person (row) and
    place (column).
    """

    places: Places  # positions of the records
    home: Places  # which of the households
    known: Flags  # whether the person may be the record
    bits: Bits  # by comparison, those of the family last
    weight: Table  # millibits before relatives are told apart
    weighed: Table  # after
    idle: Flags  # relatives who may be the record instead
