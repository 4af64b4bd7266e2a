"""A thousand capability files: how soon they serve, in how much memory, and whether a
call is any slower than with three."""

import os
import statistics
import tempfile

from measure.answers import HEADERS, TASK_RUN, write_answer
from measure.capability_folder import capability, write
from measure.grpc_load import check_answer as check_grpc
from measure.grpc_load import encode
from measure.grpc_load import load as load_grpc
from measure.process import BIN, PORTICO, TOKEN, Process
from measure.report import ratios, report, report_at_most
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


def bench_calls(folder: str, rounds: int, calls: int) -> None:
    """REST and gRPC calls of the same operation, with few files and with many."""
    message = encode("render.workflows.v1.GetTaskRunRequest", '{"taskRunId":"trn-d4f6m2a3p0"}')
    with Process(f"{BIN}/bench/canned_upstream", write_answer(folder, TASK_RUN),
                 *HEADERS) as upstream:
        common = [PORTICO, "serve", *DOORS, "--threads", "1", "--upstream",
                  f"render-workflow-tasks-beta=http://{upstream.addresses['http']}/v1",
                  "--capability", "capabilities"]
        with Process(*common, env=TOKEN) as few, \
             Process(*common, "--capability", os.path.join(folder, "thousand"),
                     env=TOKEN) as many:
            cost = {(door, server): [] for door in ("rest", "grpc") for server in (few, many)}
            for server in (few, many):
                check_answer(f"http://{server.addresses['rest']}{PATH}", TASK_RUN)
                check_grpc(server.addresses["grpc"], METHOD, message, folder)
            for _ in range(rounds):
                for (door, server), costs in cost.items():
                    before = server.cpu_seconds()
                    if door == "rest":
                        send(f"http://{server.addresses['rest']}{PATH}", calls)
                    else:
                        load_grpc(server.addresses["grpc"], METHOD, message, calls, 32, folder)
                    costs.append((server.cpu_seconds() - before) / calls * 1e6)
    for door in ("rest", "grpc"):
        report_at_most(f"{door}: CPU of a call, 1,000 files against three",
                       ratios(cost[door, many], cost[door, few]), 1.05)


def bench_scale(quick: bool) -> None:
    print("Scale: a thousand files")
    rounds, calls = (3, 5_000) if quick else (7, 20_000)
    with tempfile.TemporaryDirectory() as folder:
        bench_loading(folder, rounds)
        bench_calls(folder, rounds, calls)
