"""A thousand files that all claim the same names: each loss names both places, the
documented rule settles it, and it takes no longer than a thousand files that do not.
"""

import json
import os
import re
import subprocess
import tempfile
import time
import unittest
import urllib.request

from tests.fakes.served_portico import ServedPortico
from tests.loading.portico import PORTICO, check, run
from tools import case_report

FILES = 1000
OPERATIONS = 7
SECONDS = 60  # of one check: a few where all is well, and hours where each file looks at all


def each(text):
    return "".join(text.format(i=i) for i in range(OPERATIONS))


def capability(space, tool="tool", route="/v1/things", procedures=False):
    """An API of seven operations, each with a route, a tool and, if asked for, a procedure."""
    lines = [
        "naftiko: 1.0.0-alpha2", "info: {label: Things}", "capability:", "  consumes:",
        f"  - namespace: {space}", "    type: http", "    baseUri: https://things.example",
        "    resources:",
        each("    - path: /{i}\n      operations:\n"
             "      - {{name: op{i}, method: GET, description: Gets thing {i}.}}\n").rstrip("\n"),
        "  exposes:", "  - type: rest", "    namespace: rest", "    port: 8080", "    resources:",
        each(f"    - path: {route}/{{i}}\n      operations:\n"
             f"      - {{{{method: GET, name: op{{i}}, call: {space}.op{{i}}}}}}\n").rstrip("\n"),
        "  - type: mcp", "    namespace: mcp", "    port: 9090", "    transport: http", "    tools:",
        each(f"    - {{{{name: {tool}{{i}}, description: Gets., call: {space}.op{{i}}}}}}\n").rstrip(
            "\n")]
    if procedures:
        lines += ["  - type: grpc", "    namespace: grpc", "    package: things.v1",
                  "    service: Things", "    procedures:",
                  each(f"    - {{{{name: Get{{i}}, description: Gets., call: {space}.op{{i}}}}}}\n")
                  .rstrip("\n")]
    return "\n".join(lines) + "\n"


class ClashTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, number):
        return os.path.join(self.folder, f"{number:04}.yaml")

    def fill(self, text):
        for number in range(FILES):
            with open(self.path(number), "w", encoding="utf-8") as stream:
                stream.write(text(number))

    def checked(self):
        started = time.monotonic()
        code, findings = check(self.folder)
        self.assertLess(time.monotonic() - started, SECONDS)
        self.assertEqual(code, 0)
        return findings

    def assert_both_places(self, findings, rule, each_file):
        """Each file but the first has as many findings of the rule, which name the first."""
        found = [one for one in findings if one["rule"] == rule]
        self.assertEqual(len(found), (FILES - 1) * each_file)
        for one in found:
            self.assertNotEqual(one["file"], self.path(0))
            self.assertGreater(one["line"], 0)
            self.assertIn(f"{self.path(0)}:", one["message"])

    def described(self):
        text = run("describe", "--format", "json", self.folder, seconds=SECONDS).stdout
        return json.loads(text)

    def test_files_without_a_clash_have_no_findings(self):
        self.fill(lambda n: capability(f"s{n:04}", f"t{n}-", f"/v1/{n}"))
        self.assertEqual(self.checked(), [])

    def test_of_one_namespace_the_first_file_serves(self):
        self.fill(lambda n: capability("same", f"t{n}-", f"/v1/{n}"))
        self.assert_both_places(self.checked(), "repeated-name", 1)
        apis = self.described()
        self.assertEqual([api["namespace"] for api in apis], ["same"])
        routes = [route for one in apis[0]["operations"] for route in one["routes"]]
        self.assertEqual(routes, [f"GET /v1/0/{i}" for i in range(OPERATIONS)])

    def test_of_one_route_the_first_file_serves_and_tools_get_their_namespace(self):
        self.fill(lambda n: capability(f"s{n:04}"))
        findings = self.checked()
        self.assert_both_places(findings, "route-clash", OPERATIONS)
        self.assert_both_places(findings, "repeated-name", OPERATIONS)
        apis = self.described()
        self.assertEqual(len(apis), FILES)
        with_routes = [api["namespace"] for api in apis
                       if any(one["routes"] for one in api["operations"])]
        self.assertEqual(with_routes, ["s0000"])

    def test_of_one_procedure_the_first_file_keeps_the_name(self):
        self.fill(lambda n: capability(f"s{n:04}", f"t{n}-", f"/v1/{n}", procedures=True))
        self.assert_both_places(self.checked(), "repeated-name", OPERATIONS)
        apis = self.described()
        rpcs = {api["namespace"]: [one["rpcs"] for one in api["operations"]] for api in apis}
        self.assertEqual(rpcs["s0000"], [[f"things.v1.Things/Get{i}"] for i in range(OPERATIONS)])
        for place, (rpc,) in enumerate(rpcs["s0999"]):
            self.assertRegex(rpc, rf"^things\.v1\.Things/Get{place}\d{{5}}$")
        # A file more or less renames nobody.
        os.remove(self.path(500))
        apis = self.described()
        del rpcs["s0500"]
        self.assertTrue(rpcs == {api["namespace"]: [one["rpcs"] for one in api["operations"]]
                                 for api in apis})


class ManyTools(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        for number in range(FILES):
            with open(os.path.join(cls.folder.name, f"{number:04}.yaml"), "w",
                      encoding="utf-8") as stream:
                stream.write(capability(f"s{number:04}"))
        cls.server = ServedPortico("--capability", cls.folder.name, doors=["mcp"],
                                   stderr=subprocess.DEVNULL)
        cls.address = cls.server.addresses["mcp"]

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.folder.cleanup()

    def ask(self, method, **parameters):
        """The result, and how many bytes the answer has."""
        request = urllib.request.Request(
            f"http://{self.address}/mcp", headers={
                "Content-Type": "application/json", "MCP-Protocol-Version": "2025-11-25",
                "Accept": "application/json, text/event-stream"},
            data=json.dumps({"jsonrpc": "2.0", "id": 1, "method": method,
                             "params": parameters}).encode())
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text)["result"], len(text)

    def test_instructions_stay_short_and_say_how_many_there_are(self):
        result, size = self.ask("initialize", protocolVersion="2025-11-25", capabilities={},
                                clientInfo={"name": "test", "version": "1"})
        self.assertLessEqual(len(result["instructions"].encode()), 2000)
        self.assertLess(size, 4000)
        self.assertIn("7000 of 1000 APIs", result["instructions"])

    def test_every_tool_is_on_one_page_of_bounded_size(self):
        names, cursor, pages = [], {}, 0
        while cursor is not None:
            result, size = self.ask("tools/list", **cursor)
            self.assertLess(size, 1 << 20)
            self.assertLessEqual(len(result["tools"]), 100)
            names += [tool["name"] for tool in result["tools"]]
            cursor = {"cursor": result["nextCursor"]} if "nextCursor" in result else None
            pages += 1
            self.assertLessEqual(pages, FILES * OPERATIONS)
        self.assertEqual(len(names), FILES * OPERATIONS)
        # No assertEqual: its account of a difference would take minutes.
        self.assertTrue(set(names) == {f"s{file:04}-tool{i}" for file in range(FILES)
                                       for i in range(OPERATIONS)})
        self.assertTrue(all(re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", name) for name in names))


if __name__ == "__main__":
    case_report.main()
