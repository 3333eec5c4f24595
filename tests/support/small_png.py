"""Pictures of screens as small as they can be: a palette of 256 colours instead of millions, packed as well as zlib can."""

import struct
import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
CHANNELS = {2: 3, 6: 4}
"""Bytes of a pixel by PNG's colour types: RGB and RGBA, which is what browsers write."""


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height, from the first chunk."""
    width, height = struct.unpack(">II", _head(picture)[:8])
    return width, height


def small(picture: bytes) -> bytes:
    """Write a browser's picture anew with a palette; where it has more colours, the rare ones give way to their neighbours."""
    pixels = _pixels(picture)
    height, width, _ = pixels.shape
    colours, places, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    palette = colours[np.argsort(-counts)[:COLOURS]].astype(np.int32)
    distances = (np.abs(one - palette).sum(axis=1).argmin() for one in colours.astype(np.int32))
    nearest = np.fromiter(distances, dtype=np.uint8, count=len(colours))
    rows = nearest[places.reshape(-1)].reshape(height, width)
    lines = np.zeros((height, width + 1), dtype=np.uint8)
    lines[:, 1:] = rows
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", palette.astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes(), 9)),
    )
    return SIGNATURE + b"".join(_chunk(name, body) for name, body in (*parts, (b"IEND", b"")))


def _pixels(picture: bytes) -> NDArray[np.uint8]:
    """Undo PNG's filters; the pixels as rows of RGB."""
    width, height = size_of(picture)
    depth, kind, *_, interlaced = _head(picture)[8:]
    assert (depth, interlaced) == (8, 0), "not a picture as browsers write them"
    channels = CHANNELS[kind]
    packed = b"".join(body for name, body in _chunks(picture) if name == b"IDAT")
    lines = np.frombuffer(zlib.decompress(packed), dtype=np.uint8).reshape(height, width * channels + 1)
    rows = np.zeros((height + 1, width + 1, channels), dtype=np.uint8)
    for number in range(height):
        given = lines[number, 1:].reshape(width, channels)
        _unfilter(int(lines[number, 0]), given, rows[number], rows[number + 1])
    return rows[1:, 1:, :3]


def _unfilter(how: int, given: NDArray[np.uint8], above: NDArray[np.uint8], row: NDArray[np.uint8]) -> None:
    """Fill in one row; both rows begin with an empty pixel."""
    if how == 0:
        row[1:] = given
    elif how == 1:
        row[1:] = np.cumsum(given, axis=0, dtype=np.uint8)
    elif how == 2:
        row[1:] = given + above[1:]
    else:
        for place in range(len(given)):
            left, up, corner = (one.astype(np.int32) for one in (row[place], above[place + 1], above[place]))
            guess = (left + up) // 2 if how == 3 else _paeth(left, up, corner)
            row[place + 1] = (given[place] + guess) & 255


def _paeth(left: NDArray[np.int32], up: NDArray[np.int32], corner: NDArray[np.int32]) -> NDArray[np.int32]:
    """Whichever of the three neighbours is nearest to what they lead one to expect."""
    to_left, to_up, to_corner = np.abs(up - corner), np.abs(left - corner), np.abs(left + up - 2 * corner)
    by_up = np.where(to_up <= to_corner, up, corner)
    return np.where((to_left <= to_up) & (to_left <= to_corner), left, by_up)


def _head(picture: bytes) -> bytes:
    assert picture.startswith(SIGNATURE), "not a PNG"
    return picture[16:29]


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place < len(picture):
        length = int.from_bytes(picture[place : place + 4], "big")
        yield picture[place + 4 : place + 8], picture[place + 8 : place + 8 + length]
        place += length + 12


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
