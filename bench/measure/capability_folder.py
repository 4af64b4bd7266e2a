"""A folder of capability files like those that are published, made from nothing.

The same arguments give the same bytes. Operations per file follow what is published:
median 3, a long tail (1 in 100 has 68, one has 740), 7 on average; each has a
description, one to five parameters or a body, a route and a tool, and the files carry
labels, tags and dates. Also a program: capability_folder.py FOLDER [FILES].
"""

import os
import random
import sys

WORDS = ("account address alert asset balance batch billing branch bucket campaign card cart "
         "channel charge claim cluster comment contact contract coupon customer dataset deal "
         "deployment device dispute document domain event export feature file folder form group "
         "hook image import index invoice issue item job key label lead ledger license limit link "
         "list location log member message metric model note offer order package page payment "
         "payout permission pipeline plan policy product profile project quote record refund "
         "region release report request role rule schedule schema secret segment service session "
         "shipment site snapshot source space stage status step stock stream subscription survey "
         "table tag target task tax team template tenant ticket token topic trace transfer trigger "
         "unit upload user variant vault vendor version view volume wallet webhook zone").split()
VERBS = (("list", "GET", False), ("create", "POST", False), ("get", "GET", True),
         ("update", "PATCH", True), ("delete", "DELETE", True))


def sizes(files: int) -> list[int]:
    """Operations of each file: in all seven times as many as files."""
    pattern = [1, 2, 3, 3, 4, 2, 3, 5, 8, 12, 3, 2, 1, 6, 20, 3, 4, 2, 9, 30]
    counts = [68 if i % 100 == 99 else pattern[i % len(pattern)] for i in range(files)]
    if files >= 1000:
        counts[500] = 740
    i = 0
    while (over := sum(counts) - 7 * files) != 0:  # evened out among the small ones
        if over < 0:
            counts[i % files] += 1
        elif 1 < counts[i % files] <= 30:
            counts[i % files] -= 1
        i += 1
    return counts


def parameters(rng: random.Random, verb: str, method: str, one: bool, key: str) -> list[str]:
    lines = []
    if one:
        lines += [f"        - name: {key}", "          in: path", "          type: string",
                  f"          description: Identifier of the {verb}.", "          required: true"]
    if method in ("POST", "PATCH"):
        return lines + ["        - name: body", "          in: body", "          type: object",
                        "          description: Request body (JSON).", "          required: true"]
    for name in rng.sample(WORDS, rng.randint(0, 4)):
        lines += [f"        - name: {name}", "          in: query",
                  f"          type: {rng.choice(('string', 'integer', 'boolean'))}",
                  f"          description: Only what belongs to this {name}, or all of it."]
    return lines


def capability(number: int, operations: int) -> str:
    """One file's text."""
    rng = random.Random(number)
    vendor = rng.choice(WORDS).title() + rng.choice(WORDS).title()
    space = f"{vendor.lower()}-{number:04}"
    names = []
    consumes, rest, tools = [], [], []
    while len(names) < operations:
        noun = "-".join(rng.sample(WORDS, 2)) + (f"-{len(names)}" if operations > 20 else "")
        key = noun.split("-")[0] + "_id"
        for one in (False, True):
            some = [verb for verb in VERBS if verb[2] == one][:operations - len(names)]
            if not some:
                continue
            path = f"/v2/{noun}s" + (f"/{{{key}}}" if one else "")
            resource = f"v2-{noun}s" + ("-id" if one else "")
            consumes += [f"    - name: {resource}", f"      path: {path}", "      operations:"]
            rest += [f"    - path: /v1/{space}{path[3:].replace('_', '-')}",
                     f"      name: {resource}", f"      description: REST surface for {noun}.",
                     "      operations:"]
            for verb, method, _ in some:
                name = f"{verb}{noun.replace('-', '')}"
                names.append(name)
                text = f"{vendor} {verb.title()} {noun.replace('-', ' ')}"
                consumes += [f"      - name: {name}", f"        method: {method}",
                             f"        description: {text}", "        outputRawFormat: json",
                             "        outputParameters:", "        - name: result",
                             "          type: object", "          value: $."]
                takes = parameters(rng, noun, method, one, key)
                placed = {line[16:]: line for line in takes if line.startswith("        - name: ")}
                with_lines = [f"          {name}: rest.{name}" for name in placed]
                if takes:
                    consumes += ["        inputParameters:", *takes]
                rest += [f"      - method: {method}", f"        name: {name}",
                         f"        description: {text}", f"        call: {space}.{name}"]
                if with_lines:
                    rest += ["        with:", *with_lines]
                rest += ["        outputParameters:", "        - type: object",
                         "          mapping: $."]
                tools += [f"    - name: {number:04}-{verb}-{noun}", f"      description: {text}",
                          "      hints:", f"        readOnly: {str(method == 'GET').lower()}",
                          f"        destructive: {str(method == 'DELETE').lower()}",
                          f"        idempotent: {str(method != 'POST').lower()}",
                          f"      call: {space}.{name}"]
                if with_lines:
                    tools += ["      with:",
                              *(line.replace(": rest.", ": tools.") for line in with_lines)]
                tools += ["      outputParameters:", "      - type: object",
                          "        mapping: $."]
    head = ["naftiko: 1.0.0-alpha2", "info:", f"  label: {vendor} API — {space}",
            f"  description: '{vendor} API. {operations} operations. Self-contained capability",
            "    covering one business surface.'", "  tags:", f"  - {vendor}", "  - Business",
            "  created: '2026-05-19'", "  modified: '2026-05-19'", "binds:", "- namespace: env",
            "  keys:", f"    KEY_{number:04}: KEY_{number:04}", "capability:", "  consumes:",
            "  - type: http", f"    namespace: {space}",
            f"    baseUri: https://api{number:04}.example/api",
            f"    description: {vendor} business capability. Self-contained.", "    resources:"]
    middle = ["    authentication:", "      type: bearer",
              f"      token: '{{{{env.KEY_{number:04}}}}}'", "  exposes:", "  - type: rest",
              f"    namespace: {space}-rest", "    port: 8080",
              "    description: REST adapter.", "    resources:"]
    end = ["  - type: mcp", f"    namespace: {space}-mcp", "    port: 9090",
           "    transport: http", "    description: MCP adapter.", "    tools:"]
    return "\n".join(head + consumes + middle + rest + end + tools) + "\n"


def write(folder: str, files: int) -> int:
    """Fills the folder; how many operations are in it."""
    for number, operations in enumerate(sizes(files)):
        with open(os.path.join(folder, f"{number:04}.yaml"), "w", encoding="utf-8") as file:
            file.write(capability(number, operations))
    return sum(sizes(files))


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    print(write(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000), "operations")
