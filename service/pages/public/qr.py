"""A text as a picture that a telephone's camera reads."""

import io

import segno
from markupsafe import Markup


def qr_of(code: str) -> Markup:
    """The code as an inline picture, black on white, without any style attribute."""
    picture = io.BytesIO()
    segno.make_qr(code, error="m").save(
        picture, kind="svg", xmldecl=False, svgns=False, nl=False, omitsize=True, border=3, light="#fff"
    )
    return Markup(picture.getvalue().decode())  # noqa: S704 - made by the QR writer from letters and digits
