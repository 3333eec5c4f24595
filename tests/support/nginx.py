"""nginx before the machines of an installation: a request goes to one or the other, and to the one that is left when one is gone."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.support.serving_process import free_port
from tests.support.waiting import LIMIT, until

CONFIGURATION = """\
daemon off;
{user}
worker_processes 1;
pid {folder}/pid;
error_log {folder}/errors emerg;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/bodies;
  proxy_temp_path {folder}/answers;
  fastcgi_temp_path {folder}/unused-1;
  uwsgi_temp_path {folder}/unused-2;
  scgi_temp_path {folder}/unused-3;
  upstream machines {{ {machines} }}
  server {{
    listen 127.0.0.1:{port};
    client_max_body_size 9m;
    location / {{
      proxy_pass http://machines;
      proxy_set_header Host $http_host;
      proxy_http_version 1.1;
    }}
  }}
}}
"""


@contextmanager
def nginx(folder: Path, addresses: Sequence[str]) -> Iterator[str]:
    """Serve these machines at one address while the block lasts; the address is what the block gets."""
    folder.mkdir()
    port = free_port()
    machines = " ".join(f"server {address.removeprefix('http://')};" for address in addresses)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        CONFIGURATION.format(folder=folder, machines=machines, port=port, user=user), "utf-8"
    )
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "nginx is missing: run `make machine`"
    process = subprocess.Popen(
        [program, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "errors")]
    )
    try:
        until(lambda: _answers(f"http://127.0.0.1:{port}"), "nginx did not come up.")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(LIMIT)


def _answers(address: str) -> bool:
    try:
        return requests.get(f"{address}/readyz", timeout=5).status_code == 200
    except requests.ConnectionError:
        return False
