"""What the matcher refuses, in a module that costs nothing to import."""


class CountedOnlyError(LookupError):
    """The record counts a child without a name, and this person is not one who may be that child."""
