"""The API behind conformance.yaml: one fixed answer for each path."""

import base64
import http.server
import json
import threading
import time

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
WAV = (b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00"
       b"\x02\x00\x10\x00data\x00\x00\x00\x00")
ANSWERS = {
    "/text": (200, "text/plain; charset=utf-8", b"This is a simple text response for testing."),
    "/image": (200, "image/png", PNG),
    "/audio": (200, "audio/wav", WAV),
    "/archive": (200, "application/octet-stream", b"\x00\x01\xfe\xff"),
    "/failure": (500, "application/json",
                 b'{"message":"This tool intentionally returns an error for testing"}'),
}


class Api(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/progress/eventstream":
            self.events()
            return
        status, content_type, body = ANSWERS.get(self.path, (404, "text/plain", b"no such path"))
        if self.path.startswith("/items/"):
            item = {"id": self.path.removeprefix("/items/"), "templateTest": True}
            status, content_type, body = 200, "application/json", json.dumps(item).encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def events(self):
        """A stream that ends by itself."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for step in (0, 50, 100):
            self.wfile.write(f"event: progress\ndata: {{\"step\":{step}}}\n\n".encode())
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, *_):
        pass


def serve():
    """Starts the API; its server, whose server_address is where."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
