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
    lines = zlib.decompress(b"".join(body for name, body in _chunks(picture) if name == b"IDAT"))
    length = width * channels
    row, rows = bytes(length), []
    for start in range(0, len(lines), length + 1):
        row = _unfiltered(lines[start], lines[start + 1 : start + 1 + length], row, channels)
        rows.append(row)
    return np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(height, width, channels)[:, :, :3]


def _unfiltered(how: int, given: bytes, above: bytes, step: int) -> bytes:
    """Add to each byte what its neighbours lead one to expect: the byte on its left, above it, between, or the nearest of three."""
    if how == 0:
        return given
    if how == 2:
        return (np.frombuffer(given, np.uint8) + np.frombuffer(above, np.uint8)).tobytes()
    row, corners = bytearray(step) + given, bytes(step) + above
    for place, byte in enumerate(given):
        left, up = row[place], above[place]
        if how == 1:
            guess = left
        elif how == 3:
            guess = (left + up) // 2
        else:
            guess = _paeth(left, up, corners[place])
        row[place + step] = (byte + guess) & 255
    return bytes(row[step:])


def _paeth(left: int, up: int, corner: int) -> int:
    """Whichever of the three neighbours is nearest to where they lead."""
    to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if to_left <= to_up and to_left <= to_corner:
        return left
    return up if to_up <= to_corner else corner


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
