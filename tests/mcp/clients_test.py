"""Real clients list and call the demo's tools, in both eras, over HTTP and stdio."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest

from tests.mcp.portico import STDIO, Portico, node, packages
from tools import case_report

TOOLS = 17


class Clients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.portico = Portico("--demo")
        cls.addClassCleanup(cls.portico.stop)
        cls.work = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.work.cleanup)
        # Modules are looked for beside the script.
        os.symlink(packages(), os.path.join(cls.work.name, "node_modules"))
        for script in ("tour.mjs", "tour_v1.mjs", "tour_v2.mjs"):
            shutil.copy(f"tests/mcp/{script}", cls.work.name)

    def run_node(self, *command):
        environment = {**os.environ, "HOME": self.work.name}
        run = subprocess.run([node(), *command], capture_output=True, text=True,
                             cwd=self.work.name, env=environment, timeout=120)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        return run

    def tour(self, script, *arguments):
        for target in ([self.portico.url], STDIO):
            with self.subTest(target=target[0]):
                seen = json.loads(self.run_node(script, *arguments, *target).stdout)
                self.check(seen)

    def check(self, seen):
        self.assertEqual(seen["server"]["name"], "portico")
        self.assertLessEqual(len(seen["instructions"]), 2048)
        self.assertEqual(len(seen["tools"]), TOOLS)
        self.assertFalse(seen["call"]["isError"])
        self.assertEqual(json.loads(seen["call"]["content"][0]["text"]),
                         seen["call"]["structuredContent"])
        self.assertGreater(len(seen["stream"]["structuredContent"]["events"]), 0)
        self.assertEqual(seen["progress"], sorted(set(seen["progress"])))
        self.assertGreater(len(seen["progress"]), 0)
        self.assertTrue(seen["refused"]["isError"])
        self.assertIn("taskId", seen["refused"]["content"][0]["text"])
        self.assertEqual(seen["unknown"]["code"], -32602)

    def test_sdk_1(self):
        self.tour("tour_v1.mjs")

    def test_sdk_2_legacy(self):
        self.tour("tour_v2.mjs", "legacy")

    def test_sdk_2_auto(self):
        self.tour("tour_v2.mjs", "auto")

    def test_sdk_2_pinned(self):
        self.tour("tour_v2.mjs", "2026-07-28")

    def inspector(self, *arguments):
        program = f"{packages()}/@modelcontextprotocol/inspector/clients/launcher/build/index.js"
        return self.run_node(program, "--cli", *arguments)

    def test_inspector_lists_without_a_complaint(self):
        for era in ("legacy", "modern", "auto"):
            for target in (["--server-url", self.portico.url, "--transport", "http"], STDIO):
                with self.subTest(era=era, target=target[0]):
                    run = self.inspector(*target, "--method", "tools/list", "--strict",
                                         "--protocol-era", era, "--format", "json")
                    self.assertEqual(len(json.loads(run.stdout)["result"]["tools"]), TOOLS)
                    self.assertNotIn("warning", run.stderr.lower())

    def test_inspector_calls(self):
        for era in ("legacy", "modern"):
            for target in (["--server-url", self.portico.url, "--transport", "http"], STDIO):
                with self.subTest(era=era, target=target[0]):
                    run = self.inspector(*target, "--method", "tools/call", "--tool-name",
                                         "list-tasks", "--protocol-era", era, "--format", "json")
                    self.assertIn("structuredContent", run.stdout)


if __name__ == "__main__":
    case_report.main()
