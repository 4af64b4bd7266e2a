"""A client that a standard generator makes of /openapi.json calls every operation of the demo.

The generator is @hey-api/openapi-ts; TypeScript's compiler holds the calls of
openapi/tour.ts to the generated types, then they run against the real binary.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import unittest
import urllib.request

from tests.openapi.npm_folder import npm_program
from tools import case_report

PORTICO = "server/portico"


class OpenApiClient(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = subprocess.Popen(
            [PORTICO, "serve", "--demo", "--grpc", "off", "--rest", "127.0.0.1:0", "--mcp", "off"],
            stdout=subprocess.PIPE, text=True)
        name, address = cls.server.stdout.readline().split()
        assert name == "rest", name
        assert cls.server.stdout.readline().strip() == "ready"
        cls.base = f"http://{address}"
        cls.work = tempfile.TemporaryDirectory()
        cls.document = os.path.join(cls.work.name, "openapi.json")
        with urllib.request.urlopen(f"{cls.base}/openapi.json") as answer, \
                open(cls.document, "wb") as file:
            shutil.copyfileobj(answer, file)

    @classmethod
    def tearDownClass(cls):
        cls.server.send_signal(signal.SIGTERM)
        assert cls.server.wait(30) == 0, "SIGTERM must end the server well"
        cls.server.stdout.close()
        cls.work.cleanup()

    def succeed(self, *command):
        """The output of a command that must succeed."""
        run = subprocess.run(command, capture_output=True, text=True, cwd=self.work.name)
        self.assertEqual(run.returncode, 0, f"{command[0]}\n{run.stdout}{run.stderr}")
        return run.stdout

    def documented(self):
        """{"GET /v1/tasks": [statuses]}"""
        with open(self.document, encoding="utf-8") as file:
            paths = json.load(file)["paths"]
        return {f"{verb.upper()} {path}": list(operation["responses"])
                for path, verbs in paths.items() for verb, operation in verbs.items()}

    def test_a_generated_client_calls_every_operation(self):
        self.succeed(npm_program("openapi-ts"), "--input", "openapi.json", "--output", "client",
                     "--plugins", "@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk",
                     "--no-log-file")
        shutil.copy("tests/clients/openapi/tour.ts", self.work.name)
        self.succeed(npm_program("tsc"), "--strict", "--target", "es2022", "--lib", "es2022,dom,dom.iterable",
                     "--module", "commonjs", "--moduleResolution", "node10",
                     "--outDir", "out", "tour.ts")
        called = [line.rsplit(" ", 1) for line in
                  self.succeed("node", "out/tour.js", self.base).splitlines()]
        documented = self.documented()
        self.assertEqual({route for route, _ in called}, set(documented))
        for route, status in called:
            self.assertIn(status, documented[route], f"{route} answered {status}")


if __name__ == "__main__":
    case_report.main()
