"""The device's keys are made once, kept to their owner, and never written over."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from client.enrolment.device_keys import SecretUnusable, open_secrets
from sync.chance import SystemChance


def test_they_stay_the_same_from_start_to_start(tmp_path):
    first, second = (open_secrets(tmp_path, SystemChance()) for _ in range(2))
    assert first.identity.public == second.identity.public
    assert first.digests == second.digests
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_programs_that_start_at_the_same_moment_get_the_same_keys(tmp_path):
    together = Barrier(8)

    def start(_number):
        together.wait()
        secrets = open_secrets(tmp_path, SystemChance())
        return secrets.identity.public, secrets.digests

    with ThreadPoolExecutor(8) as programs:
        assert len(set(programs.map(start, range(8)))) == 1


def test_they_do_not_show_in_a_trace(tmp_path):
    secrets = open_secrets(tmp_path, SystemChance())
    assert repr(secrets) == "Secrets()"


@pytest.mark.parametrize("name", ["identity", "digests"])
def test_a_damaged_one_is_named_and_left_as_it_is(tmp_path, name):
    open_secrets(tmp_path, SystemChance())
    (tmp_path / name).write_bytes(b"short")
    with pytest.raises(SecretUnusable, match=name):
        open_secrets(tmp_path, SystemChance())
    assert (tmp_path / name).read_bytes() == b"short"


def test_one_that_others_could_read_is_closed_again(tmp_path):
    open_secrets(tmp_path, SystemChance())
    (tmp_path / "identity").chmod(0o644)
    open_secrets(tmp_path, SystemChance())
    assert (tmp_path / "identity").stat().st_mode & 0o777 == 0o600
