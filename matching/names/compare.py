"""Comparing names: single parts (`compare_parts`) and full names (`compare_names`)."""

from matching.names.fullname import NameComparison, PairedPart, compare_names
from matching.names.partwise import MatchLevel, PartMatch, compare_parts

__all__ = ["MatchLevel", "NameComparison", "PairedPart", "PartMatch", "compare_names", "compare_parts"]
