"""The name that staff give a collector when they enrol it is the one that its pages show."""

import json

from client.enrolment.upstream import Upstream, UpstreamFile
from tests.support.collector_process import CollectorProcess, ask_collector
from tests.support.upstream import Upstream as Server


def test_pages_and_status_call_the_collector_as_it_was_enrolled(tmp_path):
    server = Server()
    try:
        done = ask_collector(tmp_path, "enrol", server.url, "ABCD2345", "--name", "Máy 07")
        assert done.returncode == 0, done.stderr
        assert json.loads(ask_collector(tmp_path, "status", "--json").stdout)["name"] == "Máy 07"
        process = CollectorProcess(tmp_path)
        try:
            assert process.ask("GET", "/api/v1/hop")[1]["name"] == "Máy 07"
        finally:
            process.kill()
    finally:
        server.close()


def test_an_enrolment_of_an_earlier_version_has_no_name_and_holds(tmp_path):
    old = {"url": "https://a.example", "collector": "c", "token": "t", "server": "s", "identity": "i"}
    (tmp_path / "upstream.json").write_text(json.dumps(old), "utf-8")
    assert UpstreamFile(tmp_path / "upstream.json").read() == Upstream(**old, name="")
