"""Unary gRPC calls by h2load."""

import os
import struct
import subprocess
import sys

from measure.process import BIN, PINNED


def encode(message_type: str, json_text: str) -> bytes:
    """Protobuf wire bytes of `json_text`."""
    tool = [f"{BIN}/bench/encode_message", message_type]
    return subprocess.run(tool, input=json_text.encode(), stdout=subprocess.PIPE, check=True).stdout


def write_frame(message: bytes, folder: str) -> str:
    file = os.path.join(folder, "message")
    with open(file, "wb") as out:
        out.write(b"\0" + struct.pack(">I", len(message)) + message)
    return file


def load(address: str, path: str, message: bytes, calls: int, in_flight: int, folder: str) -> None:
    """Runs `calls` unary calls; fails unless every one was answered 2xx."""
    command = [*PINNED, "h2load", "-n", str(calls), "-c", "1", "-m", str(in_flight),
               "-d", write_frame(message, folder),
               "-H", "content-type: application/grpc", "-H", "te: trailers",
               f"http://{address}{path}"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if f"{calls} succeeded" not in text:
        sys.exit(f"bench: load did not succeed:\n{text}")


def check_answer(address: str, path: str, message: bytes, folder: str) -> None:
    """h2load does not look at grpc-status, so one call is checked with curl."""
    head = subprocess.run(
        ["curl", "-s", "--http2-prior-knowledge", "-H", "content-type: application/grpc",
         "-H", "te: trailers", "--data-binary", f"@{write_frame(message, folder)}",
         "-o", "/dev/null", "-D", "-", f"http://{address}{path}"],
        capture_output=True, text=True).stdout
    if "grpc-status: 0" not in head:
        sys.exit(f"bench: {path} does not answer OK:\n{head}")
