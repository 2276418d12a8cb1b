"""The child process: takes a picture on its standard input, writes it anew as JPEG, and ends.

Started by `clean`. Only the pixels go on: what a camera wrote into the file (place, time, owner) and
whatever else hangs on it is left behind.
"""

import json
import sys
from io import BytesIO

from PIL import Image, ImageOps

from service.imports.limits import Limits
from service.imports.reader.main import confine

LONGEST = 2400  # pixels; a page of a list can still be read
MOST_PIXELS = 60_000_000


def main() -> None:
    header = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**header["limits"])
    Image.init()  # loads what it needs while the process may still read files
    confine(limits)
    data = sys.stdin.buffer.read(limits.file_bytes + 1)
    sys.stdout.buffer.write(redrawn(data))
    sys.stdout.buffer.flush()


def redrawn(data: bytes) -> bytes:
    """The pixels as a new JPEG, turned the way the camera was held."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        turned = ImageOps.exif_transpose(opened)
        turned.thumbnail((LONGEST, LONGEST))
        flat = Image.new("RGB", turned.size, "white")
        whole = turned.convert("RGBA")
        flat.paste(whole, mask=whole.getchannel("A"))
    out = BytesIO()
    flat.save(out, "JPEG", quality=85)
    return out.getvalue()


if __name__ == "__main__":
    main()
