"""What one REST call costs, against nginx and a bare proxy of the same parts."""

import statistics
import tempfile

from measure.answers import HEADERS, TASK_RUN, TASK_RUNS, write_answer
from measure.nginx import Nginx
from measure.process import BIN, TOKEN, Process
from measure.report import ratios, report, report_at_most
from measure.rest_load import PATH, Load, check_answer, load, portico_command

CONNECTIONS = 32

Rounds = dict[str, list[Load]]


def measure(body: str, connections: int, rounds: int, seconds: float) -> Rounds:
    """One load after the other on each proxy, and so again in every round."""
    with tempfile.TemporaryDirectory() as folder, \
         Process(f"{BIN}/bench/canned_upstream", write_answer(folder, body),
                 *HEADERS) as upstream, \
         Nginx(upstream.addresses["http"], folder) as nginx, \
         Process(f"{BIN}/bench/bare_proxy", f"http://{upstream.addresses['http']}") as bare, \
         Process(*portico_command(upstream.addresses["http"], "--threads", "1"),
                 env=TOKEN) as portico:
        urls = {"nginx": (nginx, f"http://{nginx.addresses['http']}{PATH}"),
                "bare": (bare, f"http://{bare.addresses['http']}{PATH}"),
                "portico": (portico, f"http://{portico.addresses['rest']}{PATH}")}
        for server, url in urls.values():
            check_answer(url, body)
            load(server, url, connections, 1)
        measured: Rounds = {name: [] for name in urls}
        for _ in range(rounds):
            for name, (server, url) in urls.items():
                measured[name].append(load(server, url, connections, seconds))
        return measured


def report_costs(size: str, measured: Rounds, most_of_nginx: float) -> None:
    for name, title in (("nginx", "nginx proxy_pass"), ("bare", "bare Beast + libcurl proxy"),
                        ("portico", "Portico")):
        cpu = statistics.median(one.server_us for one in measured[name])
        rate = statistics.median(one.per_second for one in measured[name])
        report(f"{size}: {title}", f"{cpu:.1f} us CPU a request, {rate:,.0f} requests/s")
    cost = {name: [one.server_us for one in loads] for name, loads in measured.items()}
    rate = {name: [one.per_second for one in loads] for name, loads in measured.items()}
    report_at_most(f"{size}: CPU a request, x nginx", ratios(cost["portico"], cost["nginx"]),
                   most_of_nginx)
    report_at_most(f"{size}: CPU a request, x bare proxy", ratios(cost["portico"], cost["bare"]),
                   1.15)
    for yardstick in ("nginx", "bare"):
        throughput = statistics.median(ratios(rate["portico"], rate[yardstick]))
        report(f"{size}: requests/s, x {yardstick}", f"{throughput:.2f}")


def report_latency(measured: Rounds) -> None:
    p50 = {name: [one.p50_us for one in loads] for name, loads in measured.items()}
    for name, figures in p50.items():
        report(f"600 B, one connection: p50 of {name}", f"{statistics.median(figures):.0f} us")
    added = [p - n for p, n in zip(p50["portico"], p50["nginx"])]
    report_at_most("600 B, one connection: p50 added to nginx's", added, 45, " us")


def bench_rest_cpu(quick: bool) -> None:
    rounds, seconds = (3, 1) if quick else (7, 4)
    print(f"One REST call: {CONNECTIONS} kept-alive connections, all on one core; the yardstick is "
          "nginx with its default buffers")
    report_costs("600 B", measure(TASK_RUN, CONNECTIONS, rounds, seconds), 2.9)
    report_costs("100 KB", measure(TASK_RUNS, CONNECTIONS, rounds, seconds), 2.4)
    report_latency(measure(TASK_RUN, 1, rounds, seconds))
