"""MCP calls by wrk: the same POST over and over, in the newest revision."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from typing import NamedTuple

from measure.process import PINNED, Process

REVISION = "2026-07-28"
META = {"io.modelcontextprotocol/protocolVersion": REVISION,
        "io.modelcontextprotocol/clientCapabilities": {}}
MICROSECONDS = {"us": 1.0, "ms": 1e3, "s": 1e6}


class Request(NamedTuple):
    headers: dict[str, str]
    body: str


class Load(NamedTuple):
    per_second: float
    p99_us: float


def request(method: str, **params) -> Request:
    """A request of the modern era, as its clients send it."""
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream",
               "MCP-Protocol-Version": REVISION, "Mcp-Method": method}
    if "name" in params:
        headers["Mcp-Name"] = params["name"]
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": {**params, "_meta": META}}
    return Request(headers, json.dumps(message, separators=(",", ":")))


def answer(address: str, sent: Request) -> dict:
    """The result of one request, whichever form it comes in."""
    post = urllib.request.Request(f"http://{address}/mcp", sent.body.encode(), sent.headers)
    with urllib.request.urlopen(post, timeout=10) as response:
        text = response.read().decode()
    message = json.loads(re.sub(r"^(event: .*\n)?data: ", "", text, flags=re.MULTILINE))
    if "result" not in message:
        sys.exit(f"bench: {sent.body} was answered {text[:500]}")
    return message["result"]


def script(folder: str, sent: Request) -> str:
    """The path of a script that makes wrk send it."""
    path = os.path.join(folder, "post.lua")
    lines = ['wrk.method = "POST"', f"wrk.body = [==[{sent.body}]==]"]
    lines += [f'wrk.headers["{name}"] = "{value}"' for name, value in sent.headers.items()]
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")
    return path


def load(server: Process, lua: str, connections: int, seconds: float) -> Load:
    """Keeps `connections` busy; fails unless every request was answered 2xx."""
    command = [*PINNED, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", lua,
               f"http://{server.addresses['mcp']}/mcp"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(f"bench: load did not succeed:\n{text}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    p99, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    return Load(rate, float(p99) * MICROSECONDS[unit])
