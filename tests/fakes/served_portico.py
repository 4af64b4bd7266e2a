"""The real binary, serving on free ports of 127.0.0.1."""

import os
import signal
import subprocess

PORTICO = "server/portico"
DOORS = ("grpc", "rest", "mcp")


class ServedPortico:
    """A running `portico serve`; `addresses` has HOST:PORT of each of the doors asked for."""

    def __init__(self, *flags, doors=DOORS, environment=None, stderr=None):
        ports = []
        for door in DOORS:
            ports += [f"--{door}", "127.0.0.1:0" if door in doors else "off"]
        self.process = subprocess.Popen(
            [PORTICO, "serve", *ports, *flags], stdout=subprocess.PIPE, stderr=stderr, text=True,
            env={**os.environ, **(environment or {})})
        self.addresses = {}
        for line in self.process.stdout:
            if line.strip() == "ready":
                return
            door, address = line.split()
            self.addresses[door] = address
        raise AssertionError(f"it ended with {self.process.wait(30)} and was never ready")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(30) == 0, "SIGTERM must end the server well"
        self.process.stdout.close()
        if self.process.stderr is not None:
            self.process.stderr.close()
