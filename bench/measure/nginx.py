"""The yardstick: nginx as a reverse proxy with kept-alive connections on both sides.

Debian's nginx with one worker, and the defaults where nothing is said: buffering
stays on, with its 8 buffers of 4 KB. What it would count or close by is out of the
way (keepalive_requests is 1,000 by default).
"""

import os
import socket
import time

from measure.process import Process

CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  upstream api {{
    server {upstream};
    keepalive 64;
    keepalive_requests 1000000000;
    keepalive_timeout 1h;
  }}
  server {{
    listen {address};
    location / {{
      proxy_pass http://api;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }}
  }}
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nginx(Process):
    """A proxy to `upstream` (HOST:PORT); `folder` is its own."""

    def __init__(self, upstream: str, folder: str):
        self.address = f"127.0.0.1:{free_port()}"
        configuration = os.path.join(folder, "nginx.conf")
        with open(configuration, "w") as out:
            out.write(CONFIGURATION.format(folder=folder, upstream=upstream, address=self.address))
        # Debian installs it where only root's path leads.
        path = os.environ.get("PATH", "") + ":/usr/sbin"
        super().__init__("nginx", "-p", folder, "-c", configuration, env={"PATH": path})

    def wait_until_ready(self) -> None:
        host, port = self.address.split(":")
        deadline = time.monotonic() + 10
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                socket.create_connection((host, int(port)), 1).close()
                self.addresses["http"] = self.address
                return
            except OSError:
                time.sleep(0.02)
        raise SystemExit(f"bench: nginx did not listen on {self.address}")
