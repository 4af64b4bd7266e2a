"""The page at / in headless Chromium, served by the real binary with its stand-ins."""

import json
import os
import shlex
import shutil
import subprocess
import tempfile
import unittest

from tests.fakes.served_portico import ServedPortico
from tests.openapi.npm_folder import npm_folder
from tools import case_report



def look_at(base):
    """What page_tour.js has seen."""
    chromium = shutil.which("chromium")
    assert chromium, "chromium is not installed; ./dev setup installs it"
    with tempfile.TemporaryDirectory() as home:
        # Chromium writes into the home folder, which a test may not have.
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home,
                       "NODE_PATH": os.path.join(npm_folder(), "node_modules")}
        run = subprocess.run(["node", "tests/openapi/page_tour.js", base, chromium],
                             capture_output=True, text=True, env=environment, timeout=240)
    assert run.returncode == 0, run.stdout + run.stderr
    return json.loads(run.stdout)


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = ServedPortico("--demo")
        cls.addClassCleanup(cls.server.stop)
        cls.doors = cls.server.addresses
        cls.base = f"http://{cls.doors['rest']}"
        cls.seen = look_at(cls.base)

    def test_nothing_is_complained_of(self):
        # The browser's own word on the 404 of test_an_operation_can_be_tried_out.
        expected = "Failed to load resource: the server responded with a status of 404"
        # On a busy machine the page ends the stream itself, after 15 s.
        ended = "/eventstream: net::ERR_ABORTED"
        self.assertEqual([c for c in self.seen["complaints"]
                          if not c.startswith(expected) and not c.endswith(ended)], [])

    def test_nothing_comes_from_elsewhere(self):
        self.assertEqual(self.seen["foreign"], [])

    def test_every_operation_is_there(self):
        self.assertEqual(len(self.seen["operations"]), 17)
        self.assertEqual(len(set(self.seen["listed"])), 17)
        self.assertIn("/v1/v2/tasks/{taskid}/eventstream", self.seen["operations"])
        self.assertEqual(self.seen["summary"],
                         "17 operations of 3 APIs, by REST, gRPC and MCP")

    def test_the_list_can_be_searched(self):
        self.assertEqual(self.seen["filtered"], 2)

    def test_an_operation_can_be_tried_out(self):
        created = self.seen["tried"]["create"]
        self.assertEqual(created["status"], "201")
        self.assertRegex(created["body"], r'"id": "[0-9a-f-]{36}"')
        unknown = self.seen["tried"]["unknown"]
        self.assertEqual(unknown["status"], "404")
        self.assertIn("NotFoundError", unknown["body"])

    def test_a_stream_is_shown_when_it_has_ended(self):
        stream = self.seen["tried"]["stream"]
        self.assertEqual(stream["status"], "200")
        self.assertIn("event: completion", stream["body"])

    def test_every_operation_has_commands_to_copy(self):
        for operation, samples in self.seen["samples"].items():
            self.assertEqual(list(samples), ["curl", "grpcurl", "MCP"], operation)
            self.assertIn(self.base, samples["curl"])
            self.assertIn(self.doors["grpc"], samples["grpcurl"])
            self.assertIn('"method":"tools/call"', samples["MCP"])
            self.assertIn(f"http://{self.doors['mcp']}/mcp", samples["MCP"])

    def test_the_curl_commands_work(self):
        for operation in ("scaffolder-tasks.createtask", "render-workflow-tasks-beta.createtask",
                          "northflank-jobs.listjobs", "render-workflow-tasks-beta.listtasks"):
            command = shlex.split(self.seen["samples"][operation]["curl"].replace("\\\n", " "))
            run = subprocess.run([*command, "--silent", "--fail-with-body"], capture_output=True,
                                 text=True)
            self.assertEqual(run.returncode, 0, f"{operation}: {run.stdout}{run.stderr}")
            json.loads(run.stdout)


if __name__ == "__main__":
    case_report.main()
