"""The public rules of Spectral and Redocly have nothing to say to what the binary prints."""

import json
import os
import subprocess
import tempfile
import unittest

from tests.openapi.npm_folder import npm_folder, npm_program
from tools import case_report

PORTICO = "server/portico"
UNTYPED = "tests/openapi/untyped.yaml"

# Two readers of YAML 1.2 and one of 1.1, all of which must read what JSON says.
COMPARE = """
const assert = require('node:assert/strict');
const fs = require('node:fs');
const YAML = require('yaml');
const json = JSON.parse(fs.readFileSync(process.argv[1], 'utf8'));
const text = fs.readFileSync(process.argv[2], 'utf8');
assert.deepEqual(require('js-yaml').load(text), json);
for (const version of ['1.1', '1.2']) assert.deepEqual(YAML.parse(text, { version }), json);
"""


class Lint(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.files = {}
        for name, arguments in {"builtin": [], "untyped": [UNTYPED]}.items():
            for form, flags in {"json": [], "yaml": ["--yaml"]}.items():
                path = os.path.join(cls.folder.name, f"{name}.{form}")
                with open(path, "wb") as file:
                    subprocess.run([PORTICO, "openapi", *flags, *arguments], stdout=file, check=True)
                cls.files[name, form] = path

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def run_tool(self, *command):
        environment = {**os.environ, "REDOCLY_TELEMETRY": "off",
                       "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "CI": "true"}
        return subprocess.run(command, capture_output=True, text=True, env=environment)

    def spectral(self, file):
        run = self.run_tool(npm_program("spectral"), "lint", "--ruleset",
                            "tests/openapi/spectral.yaml", "--fail-severity", "hint", file)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertIn("No results with a severity of 'hint' or higher found", run.stdout)

    def redocly(self, file):
        run = self.run_tool(npm_program("redocly"), "lint", "--config",
                            "tests/openapi/redocly.yaml", "--format", "json", file)
        totals = json.loads(run.stdout)["totals"]
        self.assertEqual((totals["errors"], totals["warnings"], run.returncode), (0, 0, 0),
                         run.stdout + run.stderr)

    def test_spectral_on_the_built_in_capabilities(self):
        self.spectral(self.files["builtin", "json"])
        self.spectral(self.files["builtin", "yaml"])

    def test_spectral_on_a_file_without_typed_services(self):
        self.spectral(self.files["untyped", "json"])

    def test_redocly_on_the_built_in_capabilities(self):
        self.redocly(self.files["builtin", "json"])
        self.redocly(self.files["builtin", "yaml"])

    def test_redocly_on_a_file_without_typed_services(self):
        self.redocly(self.files["untyped", "json"])

    def test_redocly_would_see_a_mistake(self):
        with open(self.files["builtin", "json"], encoding="utf-8") as file:
            document = json.load(file)
        del document["info"]["license"]
        path = os.path.join(self.folder.name, "mistake.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(document, file)
        with self.assertRaises(AssertionError):
            self.redocly(path)

    def test_yaml_says_what_json_does(self):
        for name in ("builtin", "untyped"):
            run = subprocess.run(
                ["node", "-e", COMPARE, self.files[name, "json"], self.files[name, "yaml"]],
                capture_output=True, text=True,
                env={**os.environ, "NODE_PATH": os.path.join(npm_folder(), "node_modules")})
            self.assertEqual(run.returncode, 0, run.stderr)

    def test_the_same_document_comes_every_time(self):
        again = subprocess.run([PORTICO, "openapi"], capture_output=True, check=True).stdout
        with open(self.files["builtin", "json"], "rb") as file:
            self.assertEqual(file.read(), again)


if __name__ == "__main__":
    case_report.main()
