#!/usr/bin/python3
"""Writes compile_commands.json for clang-tidy and editors, from Bazel's actions.

Run in the checkout after a build of the same targets, so that generated headers
exist. Says nothing on success.
"""

import json
import os
import subprocess
import sys

# gcc's own, and what only matters to a build.
_LEFT_OUT = ("-fno-canonical-system-headers", "-Wno-free-nonheap-object", "-MD", "-frandom-seed",
             "-D__DATE__", "-D__TIMESTAMP__", "-D__TIME__")


def command(arguments):
    """clang's arguments from gcc's."""
    kept, skip = [], False
    for argument in arguments:
        if skip or argument.startswith(_LEFT_OUT):
            skip = False
        elif argument == "-MF":
            skip = True
        else:
            kept.append(argument)
    return kept


def entries(actions, directory):
    """One entry for each of our own sources, in the order of their names."""
    found = {}
    for action in actions:
        arguments = action.get("arguments", [])
        if "-c" not in arguments:
            continue
        file = arguments[arguments.index("-c") + 1]
        if not file.startswith(("bazel-out/", "external/")):
            found[file] = {"directory": directory, "file": file, "arguments": command(arguments)}
    return [found[file] for file in sorted(found)]


def main():
    targets = sys.argv[1:] or ["//..."]
    query = 'mnemonic("CppCompile", %s)' % " + ".join(targets)
    output = subprocess.run(
        ["bazel", "aquery", "--output=jsonproto", "--include_artifacts=false",
         "--ui_event_filters=-info", query],
        check=True, stdout=subprocess.PIPE).stdout
    with open("compile_commands.json", "w", encoding="utf-8") as file:
        json.dump(entries(json.loads(output).get("actions", []), os.getcwd()), file, indent=1)


if __name__ == "__main__":
    main()
