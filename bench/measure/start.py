"""How soon Portico serves, and in how much memory."""

import statistics

from measure.process import PORTICO, TOKEN, Process
from measure.report import report


def bench_start(quick: bool) -> None:
    print("Start and idle memory")
    starts, sizes = [], []
    for _ in range(3 if quick else 11):
        with Process(PORTICO, "serve", "--grpc", "127.0.0.1:0", "--rest", "off", "--mcp", "off",
                     env=TOKEN, pin=False) as portico:
            starts.append(portico.start_seconds * 1000)
            sizes.append(portico.resident_kb() / 1024)
    start, size = statistics.median(starts), statistics.median(sizes)
    report("process start to `ready`", f"{start:.0f} ms", "< 100 ms", start < 100)
    report("resident memory, idle", f"{size:.1f} MB", "< 30 MB", size < 30)
