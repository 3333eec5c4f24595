"""Canonical JSON: the one byte string of a value, for fingerprints and signatures."""

import json
import unicodedata


def canonical_json(value: object) -> bytes:
    """Sorted keys, no spaces, UTF-8, every text in NFC; raises ValueError for NaN, infinities and lone surrogates."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return unicodedata.normalize("NFC", text).encode()
