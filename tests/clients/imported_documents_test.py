"""Nothing is lost on the way from an OpenAPI document to a capability file: every
operation, parameter and body is there, and `portico check` has no error.

The documents are Portico's own of its built-in files, and one that holds each way of
saying a thing.
"""

import itertools
import json
import os
import re
import subprocess
import tempfile
import unittest

from tools import case_report

PORTICO = "server/portico"
METHODS = ("get", "put", "post", "delete", "patch", "head", "options")
SCHEMAS = ({"type": "string"}, {"type": "integer"}, {"type": "number"}, {"type": "boolean"},
           {"type": "array", "items": {"type": "string"}}, {"type": ["string", "null"]},
           {"$ref": "#/components/schemas/Size"}, {"oneOf": [{"type": "string"}]}, {}, True)
BODIES = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data",
          "text/csv", "application/octet-stream", "application/merge-patch+json", "*/*")


def run(*words):
    return subprocess.run([PORTICO, *words], capture_output=True, text=True, timeout=60)


def every_way():
    """A document with every method, place, schema and body, inline, shared and by reference."""
    paths = {}
    for number, (schema, body) in enumerate(itertools.product(SCHEMAS, BODIES)):
        parameters = [
            {"name": "key", "in": "path", "required": True, "schema": {"type": "string"}},
            {"name": f"filter[{number}]", "in": "query", "schema": schema},
            {"name": f"X-Field-{number}", "in": "header", "required": True, "schema": schema},
            {"name": f"json{number}", "in": "query",
             "content": {"application/json": {"schema": schema}}},
            {"$ref": "#/components/parameters/Limit"},
        ]
        item = {"parameters": parameters[:3], "summary": f"Thing {number}"}
        for method in METHODS:
            item[method] = {"parameters": parameters[3:], "responses": {"200": {}}}
            if number % 2:
                item[method]["operationId"] = f"same Name {number % 3}"
            if method in ("put", "post", "patch"):
                item[method]["requestBody"] = {"required": number % 2 == 0,
                                               "content": {body: {"schema": schema}}}
        paths[f"/things{number}/{{key}}" + (":run" if number % 5 == 0 else "")] = item
    return {"openapi": "3.1.0", "info": {"title": "Every way", "version": "1"},
            "servers": [{"url": "https://ways.example/api"}], "paths": paths,
            "components": {"parameters": {"Limit": {"name": "limit", "in": "query",
                                                    "schema": {"type": "integer"}}},
                           "schemas": {"Size": {"enum": ["S", "M"]}}}}


def follow(document, value):
    while isinstance(value, dict) and "$ref" in value:
        found = document
        for part in value["$ref"][2:].split("/"):
            part = part.replace("~1", "/").replace("~0", "~")
            found = found[int(part) if isinstance(found, list) else part]
        value = found
    return value


def asked(document):
    """What the document says of each operation: its parameters, and whether it has a body."""
    operations = {}
    for path, item in document["paths"].items():
        item = follow(document, item)
        for method in METHODS:
            if method not in item:
                continue
            parameters = set()
            for one in item.get("parameters", []) + item[method].get("parameters", []):
                one = follow(document, one)
                ignored = ("accept", "content-type", "authorization")  # OpenAPI 3.1.0, 4.8.12.2.1
                if one["in"] == "cookie" or one["name"].lower() in ignored:
                    continue
                schema = follow(document, one.get("schema", {}))
                whole = one.get("style", "form") == "form" and one.get("explode", True)
                if one["in"] == "query" and schema != True and whole and (
                        schema.get("type") == "object" or "properties" in schema):
                    # Its members stand in the query string, by their own names.
                    parameters |= {("query", name) for name in schema.get("properties", {})}
                else:
                    parameters.add((one["in"], one["name"]))
            body = follow(document, item[method].get("requestBody", {}))
            operations[(method.upper(), path)] = (parameters, bool(body.get("content")))
    return operations


def imported(described):
    """The same of a capability file, as `portico describe` has it."""
    return {(one["method"], one["path"]):
            ({(parameter["in"], parameter["name"]) for parameter in one["parameters"]
              if (parameter["in"], parameter["name"].lower()) != ("header", "accept")},
             one["body"] is not None)
            for api in described for one in api["operations"]}


class ImportedDocuments(unittest.TestCase):
    def assert_nothing_is_lost(self, document):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "document.json")
            with open(path, "w", encoding="utf-8") as stream:
                json.dump(document, stream)
            written = run("import", "openapi", path, "-o", folder, "--namespace", "imported",
                          "--base-uri", "https://api.example")
            self.assertEqual(written.returncode, 0, written.stderr)
            files = [os.path.join(folder, "imported.yaml")]
            overlay = os.path.join(folder, "overlays", "imported.yaml")
            files += ["--overlay", overlay] if os.path.exists(overlay) else []
            checked = run("check", *files)
            self.assertEqual(checked.returncode, 0, checked.stdout)
            described = json.loads(run("describe", "--format", "json", *files).stdout)
        wanted, got = asked(document), imported(described)
        self.assertTrue(wanted)
        self.assertEqual(set(got), set(wanted))
        for operation, (parameters, body) in wanted.items():
            self.assertEqual(got[operation], (parameters, body), operation)
        tools = [tool for api in described for one in api["operations"] for tool in one["tools"]]
        routes = [one for api in described for one in api["operations"] if one["routes"]]
        self.assertEqual((len(set(tools)), len(routes)), (len(wanted), len(wanted)))

    def test_a_document_of_every_way(self):
        self.assert_nothing_is_lost(every_way())

    def test_our_own_documents(self):
        for name in ("northflank-jobs", "render-workflow-tasks-beta", "scaffolder-tasks"):
            with self.subTest(name):
                document = run("openapi", f"capabilities/{name}.yaml").stdout
                self.assert_nothing_is_lost(json.loads(document))


class WrittenFiles(unittest.TestCase):
    DOCUMENT = {"openapi": "3.1.0", "info": {}, "paths": {"/a": {"get": {}}},
                "servers": [{"url": "https://{host}", "variables": {"host": {"default": "a"}}}]}

    def assert_stays_in_its_folder(self, title, *flags):
        with tempfile.TemporaryDirectory() as outer:
            folder = os.path.join(outer, "in", "out")
            os.makedirs(folder)
            document = os.path.join(outer, "document.json")
            with open(document, "w", encoding="utf-8") as stream:
                json.dump({**self.DOCUMENT, "info": {"title": title}}, stream)
            written = run("import", "openapi", document, "-o", folder, *flags)
            self.assertEqual(written.returncode, 0, written.stderr)
            found = sorted(os.path.relpath(os.path.join(at, name), folder)
                           for at, _, names in os.walk(outer) for name in names)
            self.assertEqual(len(found), 3, found)
            name = next(one for one in found if "/" not in one)
            self.assertEqual(set(found), {"../../document.json", name, f"overlays/{name}"})
            self.assertTrue(re.fullmatch(r"[a-z0-9][a-z0-9-]*\.yaml", name), name)

    def test_titles_lead_out_of_no_folder(self):
        for title in ("../../evil", "/etc/passwd", "..", ".", "a/b\\c", "..\\..\\x", "", "日本語",
                      "x" * 5000, "a\0b", "-rf", "~root", "$(id)", "a\nb: c", None, {"a": 1}):
            with self.subTest(title=title):
                self.assert_stays_in_its_folder(title)

    def test_namespaces_lead_out_of_no_folder(self):
        for space in ("../../evil", "/etc/passwd", "..", "a/b"):
            with self.subTest(space):
                self.assert_stays_in_its_folder("T", "--namespace", space)


if __name__ == "__main__":
    case_report.main()
