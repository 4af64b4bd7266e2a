"""The real binary loads its files anew: by SIGHUP, and when they have changed."""

import http.client
import json
import os
import queue
import signal
import subprocess
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tools import case_report

PORTICO = os.path.abspath("server/portico")
PROMPT = "    prompts: [{name: ask, template: [{role: user, content: Ask.}]}]\n"
RESOURCE = "    resources: [{name: one, uri: shop://one, call: shop.get-one}]\n"


def ask_mcp(address, number, method, params):
    """One request of the modern era: its connection, and its response but for the body."""
    connection = http.client.HTTPConnection(address, timeout=20)
    meta = {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": {}}
    connection.request("POST", "/mcp", json.dumps(
        {"jsonrpc": "2.0", "id": number, "method": method, "params": {**params, "_meta": meta}}), {
            "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": method,
            **{"Mcp-Name": params[key] for key in ("name", "uri") if key in params}})
    return connection, connection.getresponse()


class Listener:
    """A modern `subscriptions/listen` for changes of the lists named, such as "tools"."""

    def __init__(self, address, *lists):
        self.connection, self.answer = ask_mcp(
            address, 7, "subscriptions/listen",
            {"notifications": {f"{name}ListChanged": True for name in lists}})
        assert self.answer.status == 200, self.answer.status
        assert self.next()["method"] == "notifications/subscriptions/acknowledged"

    def next(self):
        while not (line := self.answer.readline().decode()).startswith("data: "):
            assert line, "the listen has ended"
        return json.loads(line[6:])

    def changed(self):
        """The list that has changed."""
        message = self.next()
        assert message["params"]["_meta"] == {"io.modelcontextprotocol/subscriptionId": 7}, message
        return message["method"].removeprefix("notifications/").removesuffix("/list_changed")


def capability(base_uri, *names):
    """One API whose operations are called as `names`, at paths of the same name."""
    text = ["naftiko: 1.0.0-alpha2", "info:", "  label: Shop", "capability:", "  consumes:",
            "  - type: http", "    namespace: shop", f"    baseUri: {base_uri}", "    resources:"]
    for name in names:
        text += [f"    - name: {name}", f"      path: /{name}", "      operations:",
                 f"      - {{name: get-{name}, method: GET}}"]
    text += ["  exposes:", "  - type: rest", "    namespace: shop-rest", "    port: 8080",
             "    resources:"]
    for name in names:
        text += [f"    - path: /v1/{name}", f"      name: {name}", "      operations:",
                 f"      - {{name: get-{name}, method: GET, call: shop.get-{name}}}"]
    text += ["  - type: mcp", "    namespace: shop-mcp", "    port: 9090", "    tools:"]
    for name in names:
        text += [f"    - {{name: get-{name}, description: Gets {name}., "
                 f"call: shop.get-{name}}}"]
    return "\n".join(text) + "\n"


class Upstream(ThreadingHTTPServer):
    """Answers with the path; /slow, and the second of /events, wait until the test lets them."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked = threading.Semaphore(0)
        self.go = threading.Event()
        self.uri = "http://127.0.0.1:%d" % self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/events":
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            self.wfile.write(b"data: 1\n\n")
            self.server.go.wait(30)
            self.wfile.write(b"data: 2\n\n")
            return
        if self.path == "/slow":
            self.server.asked.release()
            self.server.go.wait(30)
        body = json.dumps({"path": self.path}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Lines:
    """The lines of a stream, read by a thread of their own."""

    def __init__(self, stream):
        self.lines = queue.Queue()
        threading.Thread(target=self.read, args=(stream,), daemon=True).start()

    def read(self, stream):
        for line in stream:
            self.lines.put(line)

    def until(self, part):
        """All up to the first that holds `part`."""
        seen = []
        while not seen or part not in seen[-1]:
            seen.append(self.lines.get(timeout=20))
        return seen


class Reload(unittest.TestCase):
    def setUp(self):
        self.upstream = Upstream()
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.addCleanup(self.upstream.server_close)
        self.addCleanup(self.upstream.shutdown)

    def write(self, *names, text=None, to="shop.yaml"):
        """As editors do: another file takes the name."""
        new = os.path.join(self.folder.name, "new")
        with open(new, "w", encoding="utf-8") as file:
            file.write(text or capability(self.upstream.uri, *names))
        os.rename(new, os.path.join(self.folder.name, to))

    def serve(self, *flags):
        self.process = subprocess.Popen(
            [PORTICO, "serve", "--grpc", "127.0.0.1:0", "--rest", "127.0.0.1:0", "--mcp",
             "127.0.0.1:0", "--capability", self.folder.name, *flags],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.stop)
        self.log = Lines(self.process.stderr)
        self.doors = {}
        while (line := self.process.stdout.readline().strip()) != "ready":
            door, address = line.split()
            self.doors[door] = address
        self.rest = http.client.HTTPConnection(self.doors["rest"], timeout=20)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.process.wait(30), 0)
        self.process.stdout.close()
        self.process.stderr.close()

    def get(self, path):
        self.rest.request("GET", path)
        response = self.rest.getresponse()
        return response.status, response.read().decode()

    def test_a_changed_file_brings_new_routes_and_takes_old_ones(self):
        self.write("one", "two")
        self.serve()
        self.assertEqual(self.get("/v1/one")[0], 200)
        connection = self.rest.sock
        self.write("two", "three")
        self.log.until(" reloaded")
        self.assertEqual(self.get("/v1/three"), (200, '{"path": "/three"}'))
        self.assertEqual(self.get("/v1/one")[0], 404)
        document = self.get("/openapi.json")[1]
        self.assertIn("/v1/three", document)
        self.assertNotIn("/v1/one", document)
        self.assertIs(self.rest.sock, connection, "the caller's connection was closed")

    def test_a_link_that_is_swapped_is_a_change(self):
        """Kubernetes: the file is a link through a folder that is a link."""
        for version, name in (("v1", "one"), ("v2", "two")):
            os.mkdir(os.path.join(self.folder.name, version))
            with open(os.path.join(self.folder.name, version, "shop.yaml"), "w",
                      encoding="utf-8") as file:
                file.write(capability(self.upstream.uri, name))
        data = os.path.join(self.folder.name, "data")
        os.symlink("v1", data)
        os.symlink("data/shop.yaml", os.path.join(self.folder.name, "shop.yaml"))
        self.serve()
        self.assertEqual(self.get("/v1/one")[0], 200)
        os.symlink("v2", data + ".new")
        os.rename(data + ".new", data)
        self.log.until(" reloaded")
        self.assertEqual(self.get("/v1/two")[0], 200)

    def test_a_broken_file_keeps_what_was_and_says_why(self):
        self.write("one")
        self.serve()
        self.write(text="naftiko: 1.0.0-alpha2\ncapability: [\n")
        log = "".join(self.log.until("not reloaded"))
        self.assertIn("shop.yaml:", log)
        self.assertEqual(self.get("/v1/one")[0], 200)
        self.assertEqual(self.get("/readyz")[0], 200)
        self.assertIn("/v1/one", self.get("/openapi.json")[1])
        tools = self.ask("tools/list")["tools"]
        self.assertEqual([tool["name"] for tool in tools], ["get-one"])
        called = self.ask("tools/call", name="get-one", arguments={})
        self.assertEqual(json.loads(called["content"][0]["text"]), {"path": "/one"})
        self.process.send_signal(signal.SIGHUP)
        self.log.until("not reloaded")  # whoever asks is told again
        self.write("two")
        self.log.until(" reloaded")
        self.assertEqual(self.get("/v1/two")[0], 200)
        tools = self.ask("tools/list")["tools"]
        self.assertEqual([tool["name"] for tool in tools], ["get-two"])

    def test_an_event_stream_goes_on_through_it(self):
        self.write("events", "one")
        self.serve()
        stream = http.client.HTTPConnection(self.doors["rest"], timeout=20)
        self.addCleanup(stream.close)
        stream.request("GET", "/v1/events")
        answer = stream.getresponse()
        self.assertEqual(answer.status, 200)
        self.assertEqual([answer.readline(), answer.readline()], [b"data: 1\n", b"\n"])
        self.write("one")
        self.log.until(" reloaded")
        self.assertEqual(self.get("/v1/events")[0], 404)
        self.upstream.go.set()
        self.assertEqual(answer.read(), b"data: 2\n\n")

    def test_a_call_in_flight_ends_on_what_it_began_with(self):
        self.write("slow", "one")
        self.serve()
        self.rest.request("GET", "/v1/slow")
        self.assertTrue(self.upstream.asked.acquire(timeout=20))
        self.write("one")
        self.log.until(" reloaded")
        self.upstream.go.set()
        response = self.rest.getresponse()
        self.assertEqual((response.status, response.read()), (200, b'{"path": "/slow"}'))
        self.assertEqual(self.get("/v1/slow")[0], 404)

    def test_sighup_loads_anew_and_nothing_new_is_no_reload(self):
        self.write("one")
        self.serve("--no-watch")
        self.process.send_signal(signal.SIGHUP)
        self.log.until("nothing to reload")
        self.write("two")
        self.process.send_signal(signal.SIGHUP)
        self.log.until(" reloaded")
        self.assertEqual(self.get("/v1/two")[0], 200)

    def ask(self, method, **params):
        """One MCP request of the modern era; its result."""
        connection, response = ask_mcp(self.doors["mcp"], 1, method, params)
        answer = json.loads(response.read())
        connection.close()
        return answer["result"]

    def test_a_file_that_a_resource_serves_is_loaded_anew_like_any_other(self):
        os.mkdir(os.path.join(self.folder.name, "docs"))
        self.write(text="one", to="docs/guide.md")
        self.write(text=capability(self.upstream.uri, "one") +
                   "    resources: [{name: docs, uri: 'docs://all', location: docs}]\n")
        self.serve("--no-watch")
        read = {"uri": "docs://all/guide.md"}
        self.assertEqual(self.ask("resources/read", **read)["contents"][0]["text"], "one")
        self.write(text="two", to="docs/guide.md")
        self.process.send_signal(signal.SIGHUP)
        self.log.until(" reloaded")
        self.assertEqual(self.ask("resources/read", **read)["contents"][0]["text"], "two")
        self.process.send_signal(signal.SIGHUP)
        self.log.until("nothing to reload")
        self.write(text="more", to="docs/more.md")
        self.process.send_signal(signal.SIGHUP)
        self.log.until(" reloaded")
        uris = [one["uri"] for one in self.ask("resources/list")["resources"]]
        self.assertEqual(uris, ["docs://all/guide.md", "docs://all/more.md"])

    def test_a_listener_hears_of_each_change_of_its_tools_and_no_other(self):
        self.write("one")
        self.serve()
        listener = Listener(self.doors["mcp"], "tools")
        self.write(text=capability(self.upstream.uri, "one") + "# the same tools\n")
        self.log.until(" reloaded")
        for name in ("two", "three"):
            self.write(name)
            self.assertEqual(listener.changed(), "tools")
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(listener.next()["id"], 7)  # the listen's own end comes next
        self.process.wait(30)
        listener.connection.close()

    def test_a_listener_hears_of_the_lists_that_it_asked_for(self):
        one = capability(self.upstream.uri, "one")
        self.write("one")
        self.serve()
        tools = Listener(self.doors["mcp"], "tools")
        others = Listener(self.doors["mcp"], "resources", "prompts")
        for text, lists in ((one + PROMPT, ["prompts"]), (one + PROMPT + RESOURCE, ["resources"]),
                            (one, ["resources", "prompts"])):
            self.write(text=text)
            self.assertEqual([others.changed() for _ in lists], lists)
        self.write("two")
        self.assertEqual(tools.changed(), "tools")  # and of nothing before
        self.process.send_signal(signal.SIGTERM)
        for listener in (tools, others):
            self.assertEqual(listener.next()["id"], 7)
            listener.connection.close()
        self.process.wait(30)

    def test_a_legacy_client_on_stdio_hears_of_it(self):
        self.write("one")
        with subprocess.Popen([PORTICO, "mcp", "--stdio", "--capability", self.folder.name],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True) as process:

            def ask(number, method, **params):
                process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": number, "method": method,
                                                "params": params}) + "\n")
                process.stdin.flush()

            ask(1, "initialize", protocolVersion="2025-11-25", capabilities={},
                clientInfo={"name": "test", "version": "1"})
            hello = json.loads(process.stdout.readline())
            self.assertEqual(hello["result"]["capabilities"], {"tools": {"listChanged": True}})
            self.write("two")
            changed = json.loads(process.stdout.readline())
            self.assertEqual(changed["method"], "notifications/tools/list_changed")
            ask(2, "tools/list")
            tools = json.loads(process.stdout.readline())["result"]["tools"]
            self.assertEqual([tool["name"] for tool in tools], ["get-two"])
            self.write(text=capability(self.upstream.uri, "two") + PROMPT)
            changed = json.loads(process.stdout.readline())
            self.assertEqual(changed["method"], "notifications/prompts/list_changed")
            process.stdin.close()
            self.assertEqual(process.wait(30), 0)


if __name__ == "__main__":
    case_report.main()
