"""Frames: a plaintext brought to one of eight sizes before it is sealed, so that the length of an envelope tells next to nothing.

A frame is one byte of encoding (0 plain, 1 raw DEFLATE), four bytes of body length, the body, and zeros up to the size.
"""

import zlib

from schemas.messages import FRAME_SIZES

__all__ = ["FRAME_SIZES", "HEADER", "MAX_PLAIN", "FramingError", "frame", "unframe"]

HEADER = 5
MAX_PLAIN = 256 * 1024
_PLAIN, _DEFLATED = 0, 1


class FramingError(ValueError):
    """The bytes do not fit into a frame, or are none."""


def frame(plain: bytes, least: int = FRAME_SIZES[0]) -> bytes:
    """The smallest frame of at least `least` bytes that holds the plaintext, compressed where that is shorter."""
    if len(plain) > MAX_PLAIN:
        raise FramingError("too long for any frame")
    deflated = _deflate(plain)
    encoding, body = (_DEFLATED, deflated) if len(deflated) < len(plain) else (_PLAIN, plain)
    size = next((size for size in FRAME_SIZES if size >= max(least, HEADER + len(body))), None)
    if size is None:
        raise FramingError("too long for any frame")
    return (bytes([encoding]) + len(body).to_bytes(4, "big") + body).ljust(size, b"\x00")


def unframe(framed: bytes) -> bytes:
    """The plaintext of a frame; raises FramingError for whatever `frame` cannot have made. Never unpacks more than MAX_PLAIN."""
    if len(framed) not in FRAME_SIZES:
        raise FramingError("no size of a frame")
    end = HEADER + int.from_bytes(framed[1:HEADER], "big")
    if end > len(framed) or framed.count(0, end) != len(framed) - end:
        raise FramingError("the length does not fit the frame")
    body = framed[HEADER:end]
    if framed[0] == _PLAIN:
        return body
    if framed[0] == _DEFLATED:
        return _inflate(body)
    raise FramingError("unknown encoding")


def _deflate(plain: bytes) -> bytes:
    compressor = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS)
    return compressor.compress(plain) + compressor.flush()


def _inflate(body: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    try:
        plain = unpacker.decompress(body, MAX_PLAIN + 1)
    except zlib.error as error:
        raise FramingError("broken compression") from error
    if len(plain) > MAX_PLAIN or not unpacker.eof or unpacker.unused_data:
        raise FramingError("broken compression")
    return plain
