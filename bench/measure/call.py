"""What one gRPC call costs, against a bare typed echo."""

import os
import statistics
import tempfile

from measure.answers import TASK_RUN
from measure.grpc_load import check_answer, encode, load
from measure.process import BIN, PORTICO, TOKEN, Process
from measure.report import ratios, report, report_at_most


def bench_call(quick: bool) -> None:
    print("One gRPC call: CPU of the server, 32 in flight, all on one core")
    rounds, calls = (3, 5_000) if quick else (7, 40_000)
    with tempfile.TemporaryDirectory() as folder:
        body = os.path.join(folder, "body.json")
        with open(body, "w") as out:
            out.write(TASK_RUN)
        get = encode("render.workflows.v1.GetTaskRunRequest", '{"taskRunId":"trn-d4f6m2a3p0"}')
        echo_message = encode("render.workflows.v1.TaskRunDetails", TASK_RUN)
        with Process(f"{BIN}/bench/canned_upstream", body) as upstream, \
             Process(f"{BIN}/bench/echo_server") as echo, \
             Process(PORTICO, "serve", "--grpc", "127.0.0.1:0", "--rest", "off", "--mcp", "off",
                     "--threads", "1", "--upstream",
                     f"render-workflow-tasks-beta=http://{upstream.addresses['http']}/v1",
                     env=TOKEN) as portico:
            variants = {
                "echo": (echo, "/portico.bench.EchoService/Echo", echo_message),
                "portico": (portico, "/render.workflows.v1.WorkflowTasksService/GetTaskRun", get),
            }
            cost = {name: [] for name in variants}
            for server, path, message in variants.values():
                check_answer(server.addresses["grpc"], path, message, folder)
                load(server.addresses["grpc"], path, message, 2_000, 32, folder)
            for _ in range(rounds):
                for name, (server, path, message) in variants.items():
                    before = server.cpu_seconds()
                    load(server.addresses["grpc"], path, message, calls, 32, folder)
                    cost[name].append((server.cpu_seconds() - before) / calls * 1e6)
    echo_us, portico_us = (statistics.median(cost[name]) for name in ("echo", "portico"))
    report("bare typed echo, 600 bytes of JSON's worth", f"{echo_us:.1f} us CPU a call")
    report("Portico with a loopback upstream", f"{portico_us:.1f} us CPU a call")
    report_at_most("ratio (median of rounds)", ratios(cost["portico"], cost["echo"]), 2.6)
