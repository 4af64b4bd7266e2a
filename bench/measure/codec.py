"""The codecs against Protobuf's own JSON parser and printer."""

import subprocess

from measure.process import BIN, PINNED


def bench_codec(quick: bool) -> None:
    print("Codec, against JsonStringToMessage and MessageToJsonString", flush=True)
    command = [*PINNED, f"{BIN}/bench/codec_bench"]
    if quick:
        command.append("--benchmark_min_time=0.05")
    subprocess.run(command, check=True)
