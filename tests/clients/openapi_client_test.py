"""A client that a standard generator makes of /openapi.json calls every operation of the demo.

The generator is @hey-api/openapi-ts; TypeScript's compiler holds the calls of
openapi/tour.ts to the generated types, then they run against the real binary.
"""

import json
import os
import shutil
import subprocess
import tempfile
import unittest
import urllib.request

from tests.fakes.served_portico import ServedPortico
from tests.openapi.npm_folder import npm_folder, npm_program
from tools import case_report


# Holds the bodies of answers to the document's schemas. Members that a schema does not
# name are let through, as clients should.
FITS = """
const Ajv = require('ajv/dist/2020');
const fs = require('node:fs');
const document = JSON.parse(fs.readFileSync('openapi.json', 'utf8'));
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(document, 'document');
const escaped = (name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
for (const { route, status, type, body } of JSON.parse(fs.readFileSync('answers.json', 'utf8'))) {
  if (body === undefined) continue;
  const [verb, path] = route.split(' ');
  const answer = document.paths[path][verb.toLowerCase()].responses[status];
  const pointer = answer.$ref ?? '#' + ['', 'paths', path, verb.toLowerCase(), 'responses', status]
    .map(escaped).join('/');
  const $ref = `document${pointer}/content/${escaped(type)}/schema`;
  if (!ajv.validate({ $ref }, body)) {
    console.error(route, status, ajv.errorsText(), JSON.stringify(body));
    process.exitCode = 1;
  }
}
"""


class OpenApiClient(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = ServedPortico("--demo", doors=["rest"])
        cls.addClassCleanup(cls.server.stop)
        cls.base = f"http://{cls.server.addresses['rest']}"
        cls.work = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.work.cleanup)
        cls.document = os.path.join(cls.work.name, "openapi.json")
        with urllib.request.urlopen(f"{cls.base}/openapi.json") as answer, \
                open(cls.document, "wb") as file:
            shutil.copyfileobj(answer, file)
        cls.answers = [json.loads(line) for line in cls.tour().splitlines()]

    @classmethod
    def succeed(cls, *command):
        """The output of a command that must succeed."""
        environment = {**os.environ, "NODE_PATH": os.path.join(npm_folder(), "node_modules")}
        run = subprocess.run(command, capture_output=True, text=True, cwd=cls.work.name,
                             env=environment)
        assert run.returncode == 0, f"{command[0]}\n{run.stdout}{run.stderr}"
        return run.stdout

    @classmethod
    def tour(cls):
        """What tour.ts prints, compiled against the client that is generated for it."""
        cls.succeed(npm_program("openapi-ts"), "--input", "openapi.json", "--output", "client",
                    "--plugins", "@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk",
                    "--no-log-file")
        shutil.copy("tests/clients/openapi/tour.ts", cls.work.name)
        cls.succeed(npm_program("tsc"), "--strict", "--target", "es2022", "--lib",
                    "es2022,dom,dom.iterable", "--module", "commonjs", "--moduleResolution",
                    "node10", "--outDir", "out", "tour.ts")
        return cls.succeed("node", "out/tour.js", cls.base)

    def documented(self):
        """{"GET /v1/tasks": [statuses]}"""
        with open(self.document, encoding="utf-8") as file:
            paths = json.load(file)["paths"]
        return {f"{verb.upper()} {path}": list(operation["responses"])
                for path, verbs in paths.items() for verb, operation in verbs.items()}

    def test_the_client_calls_every_operation(self):
        self.assertEqual({answer["route"] for answer in self.answers}, set(self.documented()))

    def test_every_status_is_documented(self):
        documented = self.documented()
        for answer in self.answers:
            self.assertIn(answer["status"], documented[answer["route"]], answer["route"])

    def test_every_answer_fits_its_schema(self):
        with open(os.path.join(self.work.name, "answers.json"), "w", encoding="utf-8") as file:
            json.dump(self.answers, file)
        self.succeed("node", "-e", FITS)


if __name__ == "__main__":
    case_report.main()
