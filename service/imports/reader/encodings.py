"""Which encoding a text file is in, and how sure that is."""

import codecs
import re
from dataclasses import dataclass, field

import charset_normalizer

from service.imports.errors import FileRejected
from service.imports.reader.letters import ONE_BYTE, plausibility

_SAMPLE = 120_000  # bytes looked at for the guess
_MARGIN = 0.7  # natural-log units per letter by which the best reading must lead
_ENOUGH = 12  # letters outside ASCII needed for a sure guess
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-16", *ONE_BYTE)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class Decoded:
    text: str
    encoding: str
    sure: bool = True
    others: list[str] = field(default_factory=list)  # encodings to offer, best first


def decode(data: bytes, told: str = "") -> Decoded:
    """The text of a file. `told` is the uploader's word and is obeyed.

    Raises `FileRejected` for an encoding that is not known or does not fit, and for binary data.
    """
    if told:
        return _told(data, told)
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, errors="replace"), encoding)
    wide = _utf_16(data)
    if wide:
        return Decoded(data.decode(wide, errors="replace"), wide)
    try:
        return _unless_binary(Decoded(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        pass
    mended = data.decode("utf-8", errors="replace")
    bad = mended.count("\ufffd")
    if 0 < bad * 20 <= sum(1 for c in mended if c > "\x7f"):
        return Decoded(mended, "utf-8", sure=False, others=["utf-8", *_ranked(data)[:3]])
    return _unless_binary(_one_byte(data))


def _told(data: bytes, told: str) -> Decoded:
    try:
        name = codecs.lookup(told).name
        if name in ("utf-8", "utf-8-sig"):
            return Decoded(data.removeprefix(codecs.BOM_UTF8).decode("utf-8"), "utf-8")
        if name not in {codecs.lookup(e).name for e in ENCODINGS}:
            raise LookupError(told)
        return Decoded(data.decode(name).lstrip("\ufeff"), told)
    except LookupError as error:
        raise FileRejected(
            "unknown_encoding", f"Choose one of these encodings: {', '.join(ENCODINGS)}."
        ) from error
    except UnicodeDecodeError as error:
        raise FileRejected(
            "wrong_encoding",
            "The file is not in the encoding that was chosen. Choose another, or none to have it guessed.",
        ) from error


def _utf_16(data: bytes) -> str:
    """UTF-16 without its mark: one byte of each pair is nearly always 00, 04 or 06."""
    sample = data[: min(len(data), _SAMPLE) // 2 * 2]
    if len(sample) < 8:
        return ""
    best, share = "", 0.0
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        here = sum(high.count(b) for b in (0x00, 0x04, 0x06)) / len(high)
        if here > share:
            best, share = name, here
    other = sample[0::2] if best == "utf-16-le" else sample[1::2]
    if share < 0.85 or other.count(0) > 0.2 * len(other):
        return ""
    try:
        text = sample[:2000].decode(best, errors="strict")
    except UnicodeDecodeError:
        return ""
    return best if len(_WORD.findall(text)) > 1 else ""


def _ranked(data: bytes) -> list[str]:
    return [name for _, name in _scores(data)]


def _scores(data: bytes) -> list[tuple[float, str]]:
    """(plausibility per letter, encoding), best first; readings that give the same text appear once."""
    sample = data[:_SAMPLE]
    found: list[tuple[float, str]] = []
    seen: set[str] = set()
    for encoding in ONE_BYTE:
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text not in seen:
            seen.add(text)
            found.append((plausibility(text, encoding), encoding))
    return sorted(found, key=lambda f: -f[0])


def _one_byte(data: bytes) -> Decoded:
    ranked = _scores(data)
    if not ranked:
        raise FileRejected(
            "unknown_encoding", "The file's encoding is not known. Save it as UTF-8 or XLSX and try again."
        )
    score, best = ranked[0]
    lead = score - ranked[1][0] if len(ranked) > 1 else _MARGIN
    letters = sum(1 for b in data[:_SAMPLE] if b > 0x7F)
    sure = letters >= _ENOUGH and lead >= _MARGIN and score > -6.0
    if not sure and letters >= _ENOUGH and score > -6.0:
        sure = lead >= _MARGIN / 3 and second_opinion(data) == best
    text = data.decode(best, errors="replace")
    return Decoded(text, best, sure, [name for _, name in ranked[:4]])


def second_opinion(data: bytes) -> str:
    """The encoding that a library of general use would choose, or nothing."""
    guess = charset_normalizer.from_bytes(data[:20_000], cp_isolation=list(ONE_BYTE)).best()
    return guess.encoding if guess else ""


def _unless_binary(decoded: Decoded) -> Decoded:
    sample = decoded.text[:20_000]
    odd = sum(1 for c in sample if c < " " and c not in "\t\r\n\f") + sample.count("\ufffd")
    if sample and odd > 0.1 * len(sample):
        raise FileRejected(
            "not_a_table", "The file is not text and not a known workbook. Upload XLSX, ODS or CSV."
        )
    return decoded
