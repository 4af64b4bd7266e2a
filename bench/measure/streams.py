"""Many gRPC event streams at once, some of whose readers never read."""

import json
import subprocess
import sys
import time

from measure.process import BIN, PORTICO, TOKEN, Process
from measure.report import report


def rest_call(method, uri, body=None):
    command = ["curl", "-s", "-X", method, "-H", "Authorization: Bearer t", uri]
    if body is not None:
        command += ["-H", "Content-Type: application/json", "-d", json.dumps(body)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def bench_streams(quick: bool) -> None:
    streams, seconds = (500, 5) if quick else (5_000, 60)
    print(f"{streams} event streams, {streams // 25} of whose readers never read, {seconds} s")
    with Process(f"{BIN}/demo/portico_demo_upstreams", "--token", "t", pin=False) as demo:
        base = demo.addresses["scaffolder-tasks"]
        with Process(PORTICO, "serve", "--grpc", "127.0.0.1:0", "--rest", "off", "--mcp", "off",
                     "--upstream", f"scaffolder-tasks={base}", env=TOKEN, pin=False) as portico:
            idle = portico.resident_kb()
            # One event every five seconds on every stream.
            task = rest_call("POST", f"{base}/v2/tasks",
                             {"templateRef": "template:default/ticker",
                              "values": {"count": 1_000, "interval_ms": 5_000}})["id"]
            load_command = [f"{BIN}/bench/stream_load", portico.addresses["grpc"], task,
                            str(streams), str(streams // 25), str(seconds)]
            run = subprocess.Popen(load_command, stdout=subprocess.PIPE, text=True)
            if run.stdout.readline().strip() != "open":
                sys.exit("bench: the streams did not open")
            opened = portico.resident_kb()
            samples = []
            deadline = time.monotonic() + seconds - 1
            while time.monotonic() < deadline:
                samples.append(portico.resident_kb())
                time.sleep(1)
            result = json.loads(run.stdout.readline())
            run.wait()
    at_opening = (opened - idle) / streams
    at_largest = (max(samples) - idle) / streams
    report("resident memory per stream, when all are open", f"{at_opening:.1f} KB")
    report("at its largest, an event on every stream at once", f"{at_largest:.1f} KB", "< 34 KB",
           at_largest < 34)
    report("events received", f"{result['events']}")
    bad = result["wrong"] + result["ended_early"]
    report("streams with a lost or reordered event, or ended early", f"{bad}", "0", bad == 0)
