"""Compositions with declared outputs from outside: what `portico proto` prints is taken by
protoc and buf, and a Python client generated from it gets typed fields.
"""

import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading
import unittest

from tests.fakes.served_portico import PORTICO, ServedPortico
from tools import case_report

CAPABILITY = "tests/language/library.yaml"
GOOGLEAPIS = os.environ.get("GOOGLEAPIS", "/usr/share/gocode/src/github.com/gogo/googleapis")
ANSWERS = {
    "/books?shelf=a": [{"name": "Momo", "format": {"pages": 300.5}, "tags": [{"label": "x"}]}, {}],
    "/books/i1": {"title": "Momo", "authors": ["Ende"]},
    "/loans/isbn%3Ai1": {"isbn": "i1", "reader": "Kit", "fine": 1.5},
}
CLIENT = """
import sys, grpc
from desk.v1 import desk_service_pb2 as desk, desk_service_pb2_grpc as desk_stubs
from library_api.v1 import library_api_service_pb2 as api
from library_api.v1 import library_api_service_pb2_grpc as api_stubs
channel = grpc.insecure_channel(sys.argv[1])
who = desk_stubs.DeskServiceStub(channel).WhoHas(desk.WhoHasRequest(isbn="i1"))
print(type(who.reader).__name__, who.reader.name, who.title, who.written_by, who.fine + 1)
greeting = desk_stubs.DeskServiceStub(channel).Greet(desk.GreetRequest(name="Kit", times=2))
print(greeting.text, greeting.times + 1, greeting.open is True)
books = api_stubs.LibraryApiServiceStub(channel).ListBooks(api.ListBooksRequest(shelf="a"))
print(len(books.result), books.result[0].pages, list(books.result[0].tags), books.result[1].kind,
      books.result[1].HasField("title"))
"""


class Library(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        found = ANSWERS.get(self.path)
        body = json.dumps(found if found is not None else {"message": self.path}).encode()
        self.send_response(404 if found is None else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def find(name):
    return shutil.which(name) or shutil.which(name, path=os.environ.get("PORTICO_TOOLS", ""))


class TypedOutputs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Library)
        threading.Thread(target=cls.upstream.serve_forever, daemon=True).start()
        uri = f"http://127.0.0.1:{cls.upstream.server_address[1]}"
        cls.server = ServedPortico(
            "--capability", CAPABILITY, "--upstream", f"catalog={uri}", "--upstream",
            f"loans={uri}", doors=["grpc"], environment={"PORTICO_LANGUAGE_TEST_KEY": "token"})
        cls.address = cls.server.addresses["grpc"]
        cls.folder = tempfile.TemporaryDirectory()
        cls.protos = pathlib.Path(cls.folder.name)
        printed = subprocess.run([PORTICO, "proto", CAPABILITY], check=True, capture_output=True,
                                 text=True).stdout
        # Each file begins with a comment that names it.
        pieces = re.split(r"^// (\S+\.proto)$", printed, flags=re.MULTILINE)[1:]
        cls.files = pieces[::2]
        for name, text in zip(cls.files, pieces[1::2]):
            path = cls.protos / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.upstream.shutdown()
        cls.upstream.server_close()
        cls.folder.cleanup()

    def protoc(self, *options):
        run = subprocess.run(
            ["protoc", f"-I{self.protos}", "-Iproto", f"-I{GOOGLEAPIS}", "-I/usr/include",
             *options], capture_output=True, text=True)
        self.assertEqual((run.returncode, run.stderr), (0, ""))

    def test_every_service_has_its_file(self):
        self.assertEqual(sorted(self.files), [
            f"{name}/v1/{name}_service.proto"
            for name in ("catalog", "desk", "library_api", "library_tools")])

    def test_a_python_client_gets_typed_fields(self):
        with tempfile.TemporaryDirectory() as stubs:
            self.protoc("--plugin=protoc-gen-grpc=/usr/bin/grpc_python_plugin",
                        f"--python_out={stubs}", f"--grpc_out={stubs}", *self.files,
                        "portico/v1/annotations.proto", "google/api/annotations.proto",
                        "google/api/http.proto")
            run = subprocess.run(["/usr/bin/python3", "-B", "-c", CLIENT, self.address],
                                 capture_output=True, text=True, env={"PYTHONPATH": stubs})
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(run.stdout.splitlines(), [
            "ReaderObject Kit Momo Ende 2.5", "Hello, Kit! 3 True",
            "2 300.5 ['x'] book False"])

    def test_buf_lint_finds_nothing(self):
        buf = find("buf")
        if buf is None:
            self.skipTest("buf is not installed")
        image = str(self.protos / "image.binpb")
        self.protoc("--include_imports", "--include_source_info", f"--descriptor_set_out={image}",
                    *self.files)
        run = subprocess.run([buf, "lint", image, "--config", "proto/buf.yaml"],
                             capture_output=True, text=True)
        self.assertEqual((run.returncode, run.stdout + run.stderr), (0, ""))


if __name__ == "__main__":
    case_report.main()
