"""Many idle event streams through the REST door, and unary calls beside them.

Portico holds two descriptors a stream: 9,000 are what a limit of 20,000 allows.
Each stream brings an event every five seconds.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time

from measure.answers import HEADERS, TASK_RUN, write_answer
from measure.process import BIN, PINNED, TOKEN, Process
from measure.report import report
from measure.rest_load import PATH, Load, load, portico_command

EVENTS = "/v1/task-runs/events?taskRunIds=trn-d4f6m2a3p0"
GOAL_MB = 220


class Streams:
    """Event streams, all open when the constructor returns."""

    def __init__(self, address: str, count: int):
        started = time.monotonic()
        command = [*PINNED, f"{BIN}/bench/sse_load", address, EVENTS, str(count)]
        self.process = subprocess.Popen(command, text=True, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        if self.process.stdout.readline().strip() != "ready":
            sys.exit("bench: the streams did not open")
        self.microseconds_to_open = (time.monotonic() - started) / count * 1e6

    def close(self) -> dict[str, int]:
        """What they brought."""
        return json.loads(self.process.communicate(timeout=60)[0])


def seconds_to_hang_up(upstream: Process, count: int) -> float:
    """From now until the upstream is rid of `count` streams whose readers have left."""
    started = time.monotonic()
    while upstream.descriptors() > count // 10:
        time.sleep(0.01)
        if time.monotonic() - started > 60:
            sys.exit("bench: the upstream's streams do not end when their readers leave")
    return time.monotonic() - started


def unary(portico: Process, rounds: int, seconds: float) -> dict[int, list[Load]]:
    """Loads of one and of 32 connections."""
    url = f"http://{portico.addresses['rest']}{PATH}"
    return {connections: [load(portico, url, connections, seconds) for _ in range(rounds)]
            for connections in (1, 32)}


def report_unary(without: dict[int, list[Load]], beside: dict[int, list[Load]]) -> None:
    p50 = [statistics.median(one.p50_us for one in loads[1]) for loads in (without, beside)]
    report("unary calls beside them, one connection: p50, x without",
           f"{p50[1] / p50[0]:.2f}  ({p50[0]:.0f} us without)", "<= 1.1", p50[1] <= 1.1 * p50[0])
    rate = [statistics.median(one.per_second for one in loads[32]) for loads in (without, beside)]
    report("unary calls beside them, 32 connections: requests/s, x without",
           f"{rate[1] / rate[0]:.2f}  ({rate[0]:,.0f}/s without; the events take their share)")


def bench_rest_streams(quick: bool) -> None:
    count, rounds, seconds = (1_000, 2, 2) if quick else (9_000, 4, 3)
    print(f"{count:,} event streams through REST, an event every 5 s on each")
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # the servers inherit it
    with tempfile.TemporaryDirectory() as folder, \
         Process(f"{BIN}/bench/canned_upstream", write_answer(folder, TASK_RUN),
                 *HEADERS) as upstream, \
         Process(*portico_command(upstream.addresses["http"]), env=TOKEN) as portico:
        before = unary(portico, rounds, seconds)
        idle = portico.resident_kb()
        streams = Streams(portico.addresses["rest"], count)
        sizes = [portico.resident_kb()]
        while len(sizes) < 12:  # an event on each, twice over
            time.sleep(1)
            sizes.append(portico.resident_kb())
        beside = unary(portico, rounds, seconds)
        sizes.append(portico.resident_kb())
        brought = streams.close()
        hung_up = seconds_to_hang_up(upstream, count)
        time.sleep(1)
        after = unary(portico, rounds, seconds)
    largest = max(sizes) / 1024
    report("time to open one, until its first event", f"{streams.microseconds_to_open:.0f} us")
    report("resident memory, with all of them", f"{largest:.0f} MB", f"< {GOAL_MB} MB",
           largest < GOAL_MB)
    report("resident memory per stream", f"{(max(sizes) - idle) / count:.1f} KB")
    report_unary({n: before[n] + after[n] for n in before}, beside)
    report("all readers leave at once: until the last upstream is closed",
           f"{hung_up * 1000:.0f} ms")
    report("events received", f"{brought['events']:,}")
    bad = brought["wrong"] + brought["ended_early"] + brought["unbegun"]
    report("streams with a lost or reordered event, or ended early", f"{bad}", "0", bad == 0)
