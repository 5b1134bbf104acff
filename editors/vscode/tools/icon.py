"""Draw the extension's icon: an open book with an underlined word."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

ICON = Path(__file__).resolve().parents[1] / "images" / "icon.png"
SIZE = 128
MARGIN, RADIUS = 4, 26
#: The number of samples per pixel in each direction.
FINE = 4

Color = tuple[int, int, int, int]

CLEAR: Color = (0, 0, 0, 0)
GROUND: Color = (18, 52, 59, 255)
PAGE: Color = (245, 241, 230, 255)
FOLD: Color = (205, 198, 180, 255)
INK: Color = (120, 134, 136, 255)
MARK: Color = (226, 138, 43, 255)


def color_at(x: float, y: float) -> Color:
    """Return the color of a point."""
    if not _in_frame(x, y):
        return CLEAR
    # The pages slope down toward the fold in the middle.
    sag = 7 * (1 - abs(x - 64) / 42)
    if not (22 <= x <= 106 and 32 + sag <= y <= 92 + sag):
        return GROUND
    if abs(x - 64) < 1.6:
        return FOLD
    line = y - sag
    for top, left, right, color in (
        (46, 30, 56, INK),
        (58, 30, 50, INK),
        (70, 30, 56, INK),
        (46, 72, 98, INK),
        (58, 72, 92, INK),
        (70, 72, 98, MARK),
    ):
        if left <= x <= right and top <= line <= top + (6 if color is MARK else 4):
            return color
    return PAGE


def _in_frame(x: float, y: float) -> bool:
    """Return whether a point is inside the square with rounded corners."""
    dx = max(MARGIN + RADIUS - x, 0, x - (SIZE - MARGIN - RADIUS))
    dy = max(MARGIN + RADIUS - y, 0, y - (SIZE - MARGIN - RADIUS))
    return dx * dx + dy * dy <= RADIUS * RADIUS


def _pixel(column: int, row: int) -> bytes:
    points = [
        color_at(column + (i + 0.5) / FINE, row + (j + 0.5) / FINE) for i in range(FINE) for j in range(FINE)
    ]
    opaque = sum(point[3] for point in points)
    mixed = (sum(point[i] * point[3] for point in points) // max(opaque, 1) for i in range(3))
    return bytes((*mixed, opaque // len(points)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def main() -> None:
    """Write the icon."""
    rows = (b"\0" + b"".join(_pixel(column, row) for column in range(SIZE)) for row in range(SIZE))
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
    body = zlib.compress(b"".join(rows), 9)
    data = _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    ICON.write_bytes(b"\x89PNG\r\n\x1a\n" + data)


if __name__ == "__main__":
    main()
