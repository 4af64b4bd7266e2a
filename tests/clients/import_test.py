"""An OpenAPI document becomes an API with three doors, by the commands of the README.

`portico import openapi` writes the files, `portico check` has nothing against them, and
what is served from them calls the API as the document says.
"""

import http.server
import json
import os
import re
import subprocess
import tempfile
import threading
import unittest
import urllib.request

from tests.fakes.served_portico import PORTICO, ServedPortico
from tests.mcp.portico import node, packages
from tools import case_report

DOCUMENT = "tests/clients/library.yaml"
INSPECTOR = "@modelcontextprotocol/inspector/clients/launcher/build/index.js"
SECTION = "## Your own API in five minutes"


class Library(http.server.BaseHTTPRequestHandler):
    """Remembers every request, and answers it with what is asked for."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.server.seen.append((f"{self.command} {self.path}", dict(self.headers), body))
        events = self.path.endswith("/events")
        answer = b"event: lent\ndata: {\"to\":\"Ada\"}\n\n" if events else b'[{"title":"Emma"}]'
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream" if events else "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = do_PUT = answer

    def log_message(self, *_):
        pass


def run(*words):
    return subprocess.run(words, capture_output=True, text=True)


class ImportedApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.library = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Library)
        cls.library.seen = []
        threading.Thread(target=cls.library.serve_forever, daemon=True).start()
        cls.folder = tempfile.TemporaryDirectory()
        with open(DOCUMENT) as stream:
            text = stream.read().replace("default: '1'", f"default: '{cls.library.server_port}'")
        document = os.path.join(cls.folder.name, "library-openapi.yaml")
        with open(document, "w") as stream:
            stream.write(text)
        cls.document = document
        cls.imported = run(PORTICO, "import", "openapi", document, "-o", cls.folder.name)
        cls.file = os.path.join(cls.folder.name, "city-library.yaml")
        cls.overlay = os.path.join(cls.folder.name, "overlays", "city-library.yaml")
        cls.server = ServedPortico("--capability", cls.file, "--overlay", cls.overlay,
                            environment={"CITY_LIBRARY_API_KEY": "s3cret"})

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.library.shutdown()
        cls.library.server_close()
        cls.folder.cleanup()

    def call(self, method, target, body=None, fields=None):
        """The answer's body, and the request as the library saw it."""
        request = urllib.request.Request(
            f"http://{self.server.addresses['rest']}{target}", method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **(fields or {})})
        with urllib.request.urlopen(request, timeout=20) as answer:
            text = answer.read().decode()
        return text, self.library.seen[-1]

    def test_the_import_says_nothing_but_what_it_wrote(self):
        self.assertEqual(self.imported.returncode, 0, self.imported.stderr)
        self.assertEqual(self.imported.stderr, "")
        self.assertIn(f"wrote {self.file}: 4 operations", self.imported.stdout)
        self.assertIn("set in the environment: ", self.imported.stdout)

    def test_check_has_no_errors_and_no_warnings(self):
        checked = run(PORTICO, "check", "--strict", "--overlay", self.overlay, self.file)
        self.assertEqual(checked.returncode, 0, checked.stdout)
        self.assertIn("0 errors, 0 warnings", checked.stderr)

    def test_files_are_not_replaced_unless_told(self):
        again = run(PORTICO, "import", "openapi", self.document, "-o", self.folder.name)
        self.assertEqual(again.returncode, 1)
        self.assertIn("exists; --force replaces it", again.stderr)

    def test_lists_headers_and_keys_travel_as_the_document_says(self):
        text, (line, fields, _) = self.call("GET", "/v1/books?tag=a&tag=b&shelf=c&shelf=d",
                                            fields={"X-Branch": "north"})
        self.assertEqual(text, '[{"title":"Emma"}]')
        self.assertEqual(line, "GET /api/books?tag=a,b&shelf=c&shelf=d")
        self.assertEqual(fields["X-Branch"], "north")
        self.assertEqual(fields["X-Library-Key"], "s3cret")

    def test_the_overlay_says_how_objects_are_spelled(self):
        with open(self.overlay) as stream:
            self.assertRegex(stream.read(), r"filter:\s+arrayStyle: deepObject")

    def test_a_form_is_sent_as_a_form(self):
        _, (line, fields, body) = self.call("POST", "/v1/books",
                                            {"title": "Emma & I", "authors": ["A", "B"]})
        self.assertEqual(line, "POST /api/books")
        self.assertEqual(fields["Content-Type"], "application/x-www-form-urlencoded")
        self.assertIn(body, ("title=Emma%20%26%20I&authors=A&authors=B",
                             "title=Emma+%26+I&authors=A&authors=B"))

    def test_a_path_parameter_of_the_path_item_is_there(self):
        _, (line, _, body) = self.call("PUT", "/v1/books/a%2Fb", {"title": "Emma"})
        self.assertEqual(line, "PUT /api/books/a%2Fb")
        self.assertEqual(json.loads(body), {"title": "Emma"})

    def test_a_stream_is_a_stream(self):
        text, (line, fields, _) = self.call("GET", "/v1/books/7/events")
        self.assertEqual(line, "GET /api/books/7/events")
        self.assertEqual(fields["Accept"], "text/event-stream")
        self.assertIn('data: {"to":"Ada"}', text)

    def test_tools_are_listed_and_called(self):
        def ask(method, parameters):
            message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
            request = urllib.request.Request(
                f"http://{self.server.addresses['mcp']}/mcp", data=json.dumps(message).encode(),
                headers={"Content-Type": "application/json",
                         "Accept": "application/json, text/event-stream"})
            with urllib.request.urlopen(request, timeout=20) as answer:
                text = answer.read().decode()
            return json.loads(text[text.index("{"):])["result"]

        names = [tool["name"] for tool in ask("tools/list", {})["tools"]]
        self.assertEqual(names, ["list-books", "add-book", "replace-book",
                                 "get-books-by-book-id-events"])
        result = ask("tools/call", {"name": "list-books", "arguments": {"tag": ["x", "y"]}})
        self.assertFalse(result.get("isError"), result)
        self.assertEqual(self.library.seen[-1][0], "GET /api/books?tag=x,y")


class ImportOfMuch(unittest.TestCase):
    """Several credentials, OAuth, servers of one operation, paths that fold to one."""

    def test_what_is_written_loads_without_a_warning(self):
        with tempfile.TemporaryDirectory() as folder:
            imported = run(PORTICO, "import", "openapi", "tests/clients/vault.yaml", "-o", folder)
            self.assertEqual(imported.returncode, 0, imported.stderr)
            overlays = os.path.join(folder, "overlays")
            checked = run(PORTICO, "check", "--strict", "--overlay", overlays,
                          os.path.join(folder, "vault.yaml"))
            self.assertEqual(checked.returncode, 0, checked.stdout)
            described = run(PORTICO, "describe", "--format", "json", "--overlay", overlays,
                            os.path.join(folder, "vault.yaml"))
        apis = json.loads(described.stdout)
        self.assertEqual([api["baseUri"] for api in apis],
                         ["https://eu.vault.example/v1", "https://up.vault.example"])
        self.assertEqual(apis[0]["authentication"], ["apiKey", "clientCredentials"])
        self.assertEqual([operation["routes"] for operation in apis[0]["operations"]],
                         [["GET /v1/a-b"], ["GET /v1/a-b-2"], ["PUT /v1/files/name-zip"],
                          ["GET /v1/x/{id}"]])


class Readme(unittest.TestCase):
    """Every command of the section, in its order, with the ports that are free here."""

    def test_the_commands_of_the_section_work(self):
        with open("README.md") as stream:
            section = stream.read().split(SECTION, 1)[1].split("\n## ", 1)[0]
        commands = [line for block in re.findall(r"```sh\n(.*?)```", section, re.S)
                    for line in block.replace("\\\n", " ").splitlines()]
        self.assertGreaterEqual(len(commands), 7)
        demo = ServedPortico("--demo")
        self.addCleanup(demo.stop)
        served = {"127.0.0.1:8080": demo.addresses["rest"]}
        with tempfile.TemporaryDirectory() as folder:
            for command in commands:
                command = command.replace("my-apis", folder)
                if command.startswith("portico serve"):
                    words = command.split()
                    own = ServedPortico(*words[2:words.index("--grpc")])
                    self.addCleanup(own.stop)
                    for port, door in (("50052", "grpc"), ("8081", "rest"), ("9091", "mcp")):
                        served[f"127.0.0.1:{port}"] = own.addresses[door]
                    continue
                self.run_command(command, served)

    def run_command(self, command, served):
        for written, address in served.items():
            command = command.replace(written, address)
        command = re.sub("^portico ", f"{PORTICO} ", command)
        command = command.replace("npx @modelcontextprotocol/inspector", 
                                  f"{node()} {packages()}/{INSPECTOR}")
        result = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 0, f"{command}\n{result.stdout}{result.stderr}")
        self.assertTrue(result.stdout.strip() or " check " in command, command)
        self.assertNotIn("isError\": true", result.stdout, command)


if __name__ == "__main__":
    case_report.main()
