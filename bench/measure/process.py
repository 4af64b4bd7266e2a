"""Servers under measurement, pinned to one core."""

import os
import re
import signal
import subprocess
import sys
import time

BIN = "bazel-bin"
PORTICO = f"{BIN}/server/portico"
CORE = "0"
PINNED = ("taskset", "-c", CORE)
TOKEN = {"BACKSTAGE_API_KEY": "t", "RENDER_API_KEY": "t", "NORTHFLANK_API_KEY": "t"}


class Process:
    """A server that prints `NAME ADDRESS` lines, then `ready`; ended with the `with` block."""

    def __init__(self, *command: str, env: dict[str, str] | None = None, pin: bool = True):
        started = time.monotonic()
        self.process = subprocess.Popen(
            [*(PINNED if pin else ()), *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **(env or {})},
        )
        self.addresses: dict[str, str] = {}
        self.wait_until_ready()
        self.start_seconds = time.monotonic() - started

    def wait_until_ready(self) -> None:
        for line in self.process.stdout:
            if line.strip() == "ready":
                return
            name, address = line.split()
            self.addresses[name] = address
        sys.exit(f"bench: {' '.join(self.process.args)} ended before it was ready")

    def cpu_seconds(self) -> float:
        """User and system time of all threads so far."""
        # Linux's clock of another process (clock_getcpuclockid), exact to the
        # nanosecond where /proc counts hundredths of a second.
        return time.clock_gettime(~self.process.pid << 3 | 2)

    def resident_kb(self) -> int:
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1))

    def descriptors(self) -> int:
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()
