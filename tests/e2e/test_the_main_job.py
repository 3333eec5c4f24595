"""The main job end to end, as a newcomer runs it: real processes, a real browser, a network that fails, counts that add up."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.waiting import LIMIT

ANSWERING = 60
IN_BROWSER = 3


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    command = [
        Path(sys.executable).with_name("langnghe-server"),
        "demo",
        "--responses",
        str(ANSWERING),
        "--exit",
        "--json",
    ]
    environment = os.environ | {"TMPDIR": str(tmp_path_factory.mktemp("demo"))}
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.strip().splitlines()[-1]) | {
        "left behind": sorted(path.name for path in Path(environment["TMPDIR"]).iterdir())
    }


@pytest.mark.browser
def test_every_answer_arrives_exactly_once_although_the_network_failed(figures):
    people = ANSWERING + IN_BROWSER
    assert figures["by_browser"] == IN_BROWSER
    assert figures["collected"] == figures["sent"] == figures["stored"] == figures["opened"] == people
    assert figures["waiting"] == figures["refused"] == figures["quarantined"] == 0


@pytest.mark.browser
def test_what_was_sent_twice_is_recognised_and_counted_once(figures):
    assert figures["duplicates"] > 0


@pytest.mark.browser
def test_results_are_made_of_groups_of_ten_people_and_more(figures):
    assert figures["releases"] > 10
    assert figures["smallest_group"] >= 10


@pytest.mark.browser
def test_nothing_is_left_on_the_machine(figures):
    assert figures["left behind"] == []
