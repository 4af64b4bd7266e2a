"""`portico check --format sarif` against SARIF 2.1.0: its types as TypeScript has them
(@types/sarif, which lets no unknown or misspelt property pass), and what only prose says.
"""

import json
import os
import subprocess
import tempfile
import unittest
import urllib.parse

from tests.loading.portico import PORTICO
from tests.openapi.npm_folder import npm_folder, npm_program
from tools import case_report

# Names that are no URIs as they are written, in a folder of such a name.
FILES = {
    "plain.yaml": "naftiko: 1\ncapability: [\n",
    "a b#c?d%20.yaml": "- a\n",
    "größe:1.yaml": "naftiko: 1\ncapability:\n  consumes: 5\n  oddly: placed\n",
    "empty.yaml": "",
}


class Sarif(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in FILES.items():
                with open(os.path.join(folder, name), "w", encoding="utf-8") as stream:
                    stream.write(text)
            binary = os.path.abspath(PORTICO)
            names = sorted(FILES) + [os.path.join(folder, "missing one.yaml")]
            checked = subprocess.run([binary, "check", "--format", "sarif", *names], cwd=folder,
                                     capture_output=True, text=True)
        assert checked.returncode == 1, checked.stderr
        cls.text = checked.stdout
        cls.missing = names[-1]
        cls.log = json.loads(checked.stdout)
        cls.run_ = cls.log["runs"][0]

    def test_it_has_the_types_of_the_standard(self):
        modules = os.path.join(npm_folder(), "node_modules")
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(modules, os.path.join(folder, "node_modules"))
            for name, text, good in (("log.ts", self.text, True),
                                     ("odd.ts", self.text.replace('"level"', '"levle"'), False),
                                     ("bad.ts", self.text.replace('"error"', '"fatal"'), False)):
                with self.subTest(name):
                    path = os.path.join(folder, name)
                    with open(path, "w", encoding="utf-8") as stream:
                        stream.write(f'import type {{ Log }} from "sarif";\n'
                                     f"export const log: Log = {text};\n")
                    compiled = subprocess.run(
                        [npm_program("tsc"), "--noEmit", "--strict", "--types", "sarif", path],
                        cwd=folder, capture_output=True, text=True)
                    self.assertEqual(compiled.returncode == 0, good, compiled.stdout)

    def test_it_says_its_version_and_schema(self):
        self.assertEqual(self.log["version"], "2.1.0")
        self.assertRegex(self.log["$schema"], r"^https://\S+/sarif-schema-2\.1\.0\.json$")
        self.assertEqual(len(self.log["runs"]), 1)
        self.assertEqual(self.run_["tool"]["driver"]["name"], "portico check")

    def test_results_name_rules_that_the_driver_describes(self):
        rules = self.run_["tool"]["driver"]["rules"]
        ids = [rule["id"] for rule in rules]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual({result["ruleId"] for result in self.run_["results"]},
                         {"not-yaml", "wrong-value", "unknown-key", "unreadable-file"})
        for result in self.run_["results"]:
            self.assertEqual(ids[result["ruleIndex"]], result["ruleId"])
            self.assertIn(result["level"], ("error", "warning", "note"))
            self.assertTrue(result["message"]["text"])

    def test_places_are_uris_that_lead_back_to_the_files(self):
        found = set()
        for result in self.run_["results"]:
            self.assertEqual(len(result["locations"]), 1)
            place = result["locations"][0]["physicalLocation"]
            uri = place["artifactLocation"]["uri"]
            self.assertRegex(uri, r"^(file:///)?[A-Za-z0-9._~/-]([A-Za-z0-9._~/-]|%[0-9A-F]{2})*$")
            parts = urllib.parse.urlsplit(uri)
            self.assertEqual((parts.query, parts.fragment), ("", ""))
            found.add(urllib.parse.unquote(parts.path))
            if "region" in place:
                self.assertGreaterEqual(place["region"]["startLine"], 1)
        self.assertEqual(found, {*FILES, self.missing})


if __name__ == "__main__":
    case_report.main()
