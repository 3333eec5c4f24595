"""The example of nginx in OPERATING.md: it takes whole batches, names no caller in any log, and leads people to https."""

import re
from pathlib import Path

import server
from server.web.body_limits import LARGEST_BODY

OPERATING = (Path(server.__file__).parent / "OPERATING.md").read_text("utf-8")
EXAMPLE = OPERATING[OPERATING.index("    server {") :].split("\n\n")[0]
BLOCKS = EXAMPLE.split("    server {")[1:]
MIB = 1024 * 1024


def test_the_largest_batch_comes_through() -> None:
    passing = next(block for block in BLOCKS if "proxy_pass" in block)
    (limit,) = re.findall(r"client_max_body_size (\d+)m;", passing)
    assert int(limit) * MIB >= LARGEST_BODY


def test_no_log_names_a_caller() -> None:
    """nginx tells callers' addresses and paths in its error log up to the level crit, where its own disk fails it."""
    assert len(BLOCKS) == 2
    for block in BLOCKS:
        assert "access_log off;" in block
        assert re.findall(r"error_log \S+ (\w+);", block) == ["emerg"]


def test_who_types_the_name_alone_is_led_to_https() -> None:
    plain = next(block for block in BLOCKS if "listen 80;" in block)
    assert "return 308 https://$host$request_uri;" in plain
    assert "proxy_pass" not in plain


def test_what_is_encrypted_has_a_certificate() -> None:
    for block in BLOCKS:
        assert ("listen 443 ssl;" in block) == ("ssl_certificate " in block) == ("ssl_certificate_key " in block)
