"""A contact as a QR code (ISO/IEC 18004), to be photographed from a screen or a poster."""

import io

import segno


def qr_code(text: str, otherwise: str) -> bytes:
    """Return a PNG with ``text``, or with ``otherwise`` where that is too long for one code."""
    try:
        code = segno.make_qr(text, error="m", encoding="utf-8")
    except segno.DataOverflowError:
        code = segno.make_qr(otherwise, error="m", encoding="utf-8")
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=6)
    return picture.getvalue()
