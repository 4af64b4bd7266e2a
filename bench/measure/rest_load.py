"""REST calls by wrk (for a time) and h2load (so many)."""

import re
import subprocess
import sys
import urllib.request
from typing import NamedTuple

from measure.process import PINNED, PORTICO, Process

PATH = "/v1/task-runs/trn-d4f6m2a3p0"
MICROSECONDS = {"us": 1.0, "ms": 1e3, "s": 1e6}


class Load(NamedTuple):
    requests: int
    per_second: float
    p50_us: float
    server_us: float  # CPU time of the server, a request


def portico_command(upstream: str, *flags: str) -> list[str]:
    """Portico with the REST door alone; `upstream` (HOST:PORT) plays Render."""
    return [PORTICO, "serve", "--rest", "127.0.0.1:0", "--grpc", "off", "--mcp", "off", *flags,
            "--upstream", f"render-workflow-tasks-beta=http://{upstream}/v1"]


def load(server: Process, url: str, connections: int, seconds: float) -> Load:
    """Keeps `connections` busy; fails unless every request was answered 2xx."""
    command = [*PINNED, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", url]
    before = server.cpu_seconds()
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    cpu = server.cpu_seconds() - before
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(f"bench: load did not succeed:\n{text}")
    requests = int(re.search(r"(\d+) requests in", text).group(1))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    p50, unit = re.search(r"50%\s+([\d.]+)(us|ms|s)", text).groups()
    return Load(requests, rate, float(p50) * MICROSECONDS[unit], cpu / requests * 1e6)


def send(url: str, requests: int) -> None:
    """Exactly so many requests over 8 connections; fails unless all were answered 2xx."""
    command = [*PINNED, "h2load", "--h1", "-n", str(requests), "-c", "8", url]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if f"status codes: {requests} 2xx" not in text:
        sys.exit(f"bench: load did not succeed:\n{text}")


def check_answer(url: str, body: str) -> None:
    """wrk takes a redirect, and any body, for a success."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        received = answer.read().decode()
        if answer.status != 200 or received != body:
            sys.exit(f"bench: {url} does not answer as the upstream does:\n{received[:500]}")
