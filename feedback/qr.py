"""An address as a QR code: its squares, and a drawing of them."""

from itertools import groupby

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # squares of white around it, without which phones do not find it


def squares_of(address: str) -> list[list[bool]]:
    """Rows of squares, true where they are black, with the white around them."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)  # 15 % of it may be scratched
    code.add_data(address)
    code.make(fit=True)
    rows: list[list[bool]] = code.get_matrix()
    return rows


def as_svg(squares: list[list[bool]]) -> str:
    """The squares as an image that can be of any size: black on white, whatever the page."""
    runs = [f"M{start} {y}h{length}v1h-{length}z" for y, row in enumerate(squares) for start, length in _black_in(row)]
    size = len(squares)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{"".join(runs)}"/></svg>'
    )


def _black_in(row: list[bool]) -> list[tuple[int, int]]:
    """Where runs of black begin, and how long they are."""
    place, runs = 0, []
    for black, run in groupby(row):
        length = len(list(run))
        if black:
            runs.append((place, length))
        place += length
    return runs
