"""A file that several write at once is always whole, and nothing is left lying beside it."""

from concurrent.futures import ThreadPoolExecutor

from client.storage.durable_files import write_durably


def test_writers_at_the_same_moment_leave_one_whole_file(tmp_path):
    path = tmp_path / "campaigns.json"
    contents = [bytes([number]) * 20_000 for number in range(8)]

    def write_and_read(content):
        for _ in range(5):
            write_durably(path, content)
            assert path.read_bytes() in contents

    with ThreadPoolExecutor(8) as writers:
        list(writers.map(write_and_read, contents))
    assert not list(tmp_path.glob("*.part"))
    assert not list(tmp_path.glob(".*.part"))
    assert {each.stat().st_mode & 0o777 for each in tmp_path.iterdir()} == {0o600}
