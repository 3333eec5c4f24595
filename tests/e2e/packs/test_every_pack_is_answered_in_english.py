"""Every pack is answered to its end in a real browser, on a phone's size, in English; what arrives satisfies the pack."""

import pytest

from schemas.pack_reader import pack_names
from tests.support.pack_walk import last_way


@pytest.mark.parametrize("name", pack_names())
def test_a_worker_answers_to_the_end(to_the_end, name):
    to_the_end(name, "en", last_way)
