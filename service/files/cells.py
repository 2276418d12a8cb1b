"""Text for cells that a spreadsheet program opens."""

# what a spreadsheet may run as a formula, the full-width forms too
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """The text; what a spreadsheet would run as a formula gets an apostrophe before it."""
    bare = text.lstrip(" \u00a0\u200b\u200e\u200f\ufeff")
    return f"'{text}" if text.startswith(_FORMULA) or bare.startswith(_FORMULA) else text
