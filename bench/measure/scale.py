"""A thousand capability files: how soon they serve, in how much memory, and whether a
call is any slower than with three, counted in instructions."""

import os
import statistics
import tempfile
from typing import Callable

from measure.answers import HEADERS, TASK_RUN, write_answer
from measure.capability_folder import capability, write
from measure.counted_process import CountedProcess
from measure.grpc_load import check_answer as check_grpc
from measure.grpc_load import encode
from measure.grpc_load import load as load_grpc
from measure.process import BIN, PORTICO, TOKEN, Process
from measure.report import report
from measure.rest_load import PATH, check_answer, send

DOORS = ("--grpc", "127.0.0.1:0", "--rest", "127.0.0.1:0", "--mcp", "127.0.0.1:0")
METHOD = "/render.workflows.v1.WorkflowTasksService/GetTaskRun"


def start(folder: str, rounds: int) -> tuple[float, float, float]:
    """Medians: seconds to `ready`, seconds of CPU until then, MB."""
    walls, cpus, sizes = [], [], []
    for _ in range(rounds):
        with Process(PORTICO, "serve", *DOORS, "--no-watch", "--capability", folder,
                     pin=False) as portico:
            walls.append(portico.start_seconds)
            cpus.append(portico.cpu_seconds())
            sizes.append(portico.resident_kb() / 1024)
    return statistics.median(walls), statistics.median(cpus), statistics.median(sizes)


def bench_loading(folder: str, rounds: int) -> None:
    thousand, one = os.path.join(folder, "thousand"), os.path.join(folder, "one")
    os.mkdir(thousand)
    os.mkdir(one)
    operations = write(thousand, 1000)
    with open(os.path.join(one, "one.yaml"), "w", encoding="utf-8") as file:
        file.write(capability(1, 740))
    wall, cpu, size = start(thousand, rounds)
    report(f"1,000 files, {operations:,} operations, three doors", f"{wall:.2f} s", "<= 2 s",
           wall <= 2)
    report("CPU of it, all threads", f"{cpu:.2f} s")
    report("resident memory then", f"{size:.0f} MB", "<= 300 MB", size <= 300)
    wall, cpu, size = start(one, rounds)
    report("one file, 740 operations", f"{wall * 1000:.0f} ms", "<= 150 ms", wall <= 0.15)
    report("CPU of it, all threads", f"{cpu * 1000:.0f} ms")


def instructions(server: CountedProcess, run: Callable[[int], None], calls: int) -> float:
    """Of one call: the slope between so many and thrice as many."""
    run(calls // 4)  # warms up
    fewer, more = (server.count(lambda n=n: run(n)) for n in (calls, 3 * calls))
    return (more - fewer) / (2 * calls)


def bench_calls(folder: str, runs: int, calls: int) -> None:
    """REST and gRPC calls of the same operation, with few files and with many."""
    message = encode("render.workflows.v1.GetTaskRunRequest", '{"taskRunId":"trn-d4f6m2a3p0"}')
    cost = {}
    with Process(f"{BIN}/bench/canned_upstream", write_answer(folder, TASK_RUN),
                 *HEADERS) as upstream:
        common = [PORTICO, "serve", *DOORS, "--no-watch", "--threads", "1", "--upstream",
                  f"render-workflow-tasks-beta=http://{upstream.addresses['http']}/v1",
                  "--capability", "capabilities"]
        for name, more in (("few", []), ("many", ["--capability",
                                                  os.path.join(folder, "thousand")])):
            with CountedProcess(*common, *more, folder=os.path.join(folder, name),
                                env=TOKEN) as server:
                url = f"http://{server.addresses['rest']}{PATH}"
                grpc = server.addresses["grpc"]
                check_answer(url, TASK_RUN)
                check_grpc(grpc, METHOD, message, folder)
                by_door = {"rest": lambda n, url=url: send(url, n),
                           "grpc": lambda n, at=grpc: load_grpc(at, METHOD, message, n, 8, folder)}
                for door, run in by_door.items():
                    cost[door, name] = min(instructions(server, run, calls) for _ in range(runs))
    for door in ("rest", "grpc"):
        few, many = cost[door, "few"], cost[door, "many"]
        report(f"{door}: instructions of a call, three files", f"{few:,.0f}")
        report(f"{door}: 1,000 files against three", f"{many / few:.3f}", "<= 1.02",
               many / few <= 1.02)


def bench_scale(quick: bool) -> None:
    print("Scale: a thousand files")
    rounds, runs, calls = (3, 1, 200) if quick else (7, 2, 400)
    with tempfile.TemporaryDirectory() as folder:
        bench_loading(folder, rounds)
        bench_calls(folder, runs, calls)
