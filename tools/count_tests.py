#!/usr/bin/python3
"""Counts the test cases of one `bazel test` run, cached ones included.

    count_tests.py EVENTS EXIT_CODE

EVENTS is what Bazel wrote with --build_event_json_file, EXIT_CODE is Bazel's
own. Prints the cases that failed or were skipped and, alone on the last line,
`N passed, N failed`. Exits 0 only if at least one case passed, none failed,
and Bazel agrees.
"""

import json
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree
from collections import namedtuple

Counts = namedtuple("Counts", ["passed", "failed", "skipped"])  # names of cases


def count_cases(label, status, xml):
    """The cases of one run of one test target, from the text of its test.xml."""
    counts = Counts([], [], [])
    try:
        cases = list(ElementTree.fromstring(xml).iter("testcase"))
    except ElementTree.ParseError:
        cases = []  # no file, or cut short: the target's status speaks for it
    for case in cases:
        name = label
        if case.get("classname"):
            name = "%s %s.%s" % (label, case.get("classname"), case.get("name"))
        if case.find("failure") is not None or case.find("error") is not None:
            counts.failed.append(name)
        elif case.find("skipped") is not None or case.get("status") == "notrun":
            counts.skipped.append(name)
        else:
            counts.passed.append(name)
    if status == "PASSED" and not cases:
        counts.passed.append(label)
    if status != "PASSED" and not counts.failed:
        # All cases went well, and then a sanitizer, a time-out or an exit code spoke.
        counts.failed.append("%s (%s)" % (label, status.lower()))
    return counts


def read_text(uri):
    path = urllib.parse.unquote(urllib.parse.urlparse(uri).path)
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def count_run(lines, read=read_text):
    """The cases of all targets, from the lines of Bazel's event file."""
    tests, results = set(), {}
    for line in lines:
        event = json.loads(line)
        if "testSize" in event.get("configured", {}):
            tests.add(event["id"]["targetConfigured"]["label"])
        if "testResult" in event:
            ident, result = event["id"]["testResult"], event["testResult"]
            # A later attempt at the same shard of the same run replaces the earlier.
            key = (ident["label"], ident.get("run", 1), ident.get("shard", 1))
            if ident.get("attempt", 1) >= results.get(key, (0, None))[0]:
                results[key] = (ident.get("attempt", 1), result)

    total = Counts([], [], [])
    for key, (_, result) in sorted(results.items()):
        uris = [o["uri"] for o in result.get("testActionOutput", []) if o["name"] == "test.xml"]
        xml = read(uris[0]) if uris else b""
        for names, more in zip(total, count_cases(key[0], result.get("status", "NO_STATUS"), xml)):
            names.extend(more)
    for label in sorted(tests - {key[0] for key in results}):
        total.failed.append(label + " (did not build or run)")
    return total


def main(events, exit_code):
    try:
        with open(events, encoding="utf-8") as file:
            counts = count_run(file)
    except FileNotFoundError:
        counts = Counts([], [], [])
    if exit_code != 0 and not counts.failed:
        counts.failed.append("bazel (exit code %d)" % exit_code)
    if counts.skipped:
        print("\n".join("skipped: " + name for name in counts.skipped))
    if counts.failed:
        print("\n".join("FAILED: " + name for name in counts.failed))
    print("%d passed, %d failed" % (len(counts.passed), len(counts.failed)))
    return 0 if counts.passed and not counts.failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
