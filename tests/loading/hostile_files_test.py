"""Broken, hostile and enormous files end in findings with their place: no crash, no hang,
and nothing is dropped in silence.

Only rules and lines are compared: the words are the YAML reader's.
"""

import os
import tempfile
import unittest

from tests.loading.portico import check, run
from tools import case_report

with open("capabilities/northflank-jobs.yaml", encoding="utf-8") as stream:
    GOOD = stream.read().rstrip("\n") + "\n"
LINES = GOOD.count("\n")
LABEL = 1 + GOOD[:GOOD.index("label: ")].count("\n")
HEAD = "naftiko: 1\ncapability:\n"
ANY = None  # wherever the reader notices


def bomb(levels=12):
    """Ten times as many values a level."""
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, levels)]
    return "\n".join(rows) + "\n"


def directives(end):
    """So many that it takes minutes where each is held against all others."""
    return "".join(f"%TAG !a{i}! tag:a,2000:{end}" for i in range(70_000)) + "---\na: b\n"


def label(text):
    return GOOD.encode().replace(b"label: ", b"label: " + text, 1)


# Name: text, rule, line (0: the file's as a whole).
REFUSED = {
    "deep_lists": (HEAD + "  consumes: " + "[" * 10_000 + "]" * 10_000, "file-limits", 3),
    "deep_maps": (HEAD + "  consumes: " + "{a: " * 10_000 + "}" * 10_000, "file-limits", 3),
    "deep_dashes": (HEAD + "  " + "- " * 10_000 + "a\n", "file-limits", 3),
    "deep_keys": (HEAD + "  " + "? " * 10_000 + "a\n", "file-limits", 3),
    # 10,000 levels by indentation are more bytes than a file may have: as many as fit.
    "deep_blocks": ("".join(" " * i + "a:\n" for i in range(2_500)), "file-limits", 65),
    "deep_blocks_beyond_the_size": ("".join(" " * i + "a:\n" for i in range(10_000)),
                                    "file-limits", 0),
    "alias_bomb": (bomb(), "file-limits", 6),
    "alias_of_itself": ("naftiko: &x [*x]\n", "not-yaml", 1),
    "alias_of_nothing": ("naftiko: 1\ncapability: *x\n", "not-yaml", 2),
    "10_MB_of_comment": (GOOD + "#" + "x" * 10_000_000, "file-limits", 0),
    "10_MB_of_keys": (GOOD + "".join(f"k{i}: v\n" for i in range(900_000)), "file-limits", 0),
    "too_many_values": ("naftiko: [" + "a, " * 600_000 + "a]\n", "file-limits", 1),
    "duplicate_key": (GOOD.replace("label: ", "label: x\n  label: ", 1), "duplicate-key",
                      LABEL + 1),
    "duplicate_capability": (GOOD + "capability: {}\n", "duplicate-key", LINES + 1),
    "second_document": (GOOD + "---\na: b\n", "not-yaml", LINES + 1),
    "nul": (label(b"a\0b "), "not-yaml", LABEL),
    "only_nul": (b"\0" * 100, "not-yaml", 1),
    "escape_character": (label(b"\x1b[31m"), "not-yaml", LABEL),
    "invalid_utf8": (label(b"a\xff "), "not-yaml", LABEL),
    "cut_utf8": (label(b"a\xe2\x82 "), "not-yaml", LABEL),
    "overlong_utf8": (label(b"\xc0\xaf"), "not-yaml", LABEL),
    "utf8_of_a_surrogate": (label(b"\xed\xa0\x80"), "not-yaml", LABEL),
    "utf16_without_mark": (GOOD.encode("utf-16-le"), "not-yaml", 1),
    "utf32": (GOOD.encode("utf-32"), "not-yaml", 1),
    "half_of_utf16": (GOOD.encode("utf-16")[:-1], "not-yaml", ANY),
    "directives": (directives("\n"), "file-limits", 0),
    "directives_behind_carriage_returns": (directives("\r"), "file-limits", 0),
    "directives_behind_line_separators": (directives("\u2028"), "file-limits", 0),
    "directives_in_utf16": (directives("\n").encode("utf-16"), "file-limits", 0),
    "tabs": (GOOD.replace("  ", "\t"), "not-yaml", ANY),
    "double_quote_left_open": ('naftiko: "1\n' + GOOD.replace('"', ""), "not-yaml", ANY),
    "single_quote_left_open": ("naftiko: '1\n" + GOOD.replace("'", ""), "not-yaml", ANY),
    "bracket_left_open": (GOOD.replace("label: ", "label: [", 1), "not-yaml", ANY),
    "no_yaml": ("a: b: c\n", "not-yaml", 1),
    "empty": ("", "not-yaml", 0),
    "only_a_comment": ("# nothing\n", "not-yaml", 0),
    "a_text": ("hello\n", "wrong-value", 1),
    "a_list": ("- a\n- b\n", "wrong-value", 1),
    "colons": (": " * 100_000, "not-yaml", ANY),
    "bangs": ("!" * 100_000, ANY, ANY),
    "percents": ("%" * 100_000, "not-yaml", ANY),
}

# What says the same as the good file, whatever it looks like.
SAME = {
    "utf16": GOOD.encode("utf-16"),
    "utf16_big_endian": b"\xfe\xff" + GOOD.encode("utf-16-be"),
    "byte_order_mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "crlf": GOOD.replace("\n", "\r\n"),
    "marked_document": "---\n" + GOOD + "...\n",
    "comments": GOOD.replace("\n", " # c\n", 1) + "# " + "x" * 100_000 + "\n",
}


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "wb") as stream:
            stream.write(text if isinstance(text, bytes) else text.encode())
        return self.path(name)

    def assert_refused(self, path, rule, line, *words):
        code, findings = check(*words, path)
        self.assertEqual(code, 1)
        found = [(one["file"], one["rule"], one["line"]) for one in findings
                 if one["severity"] == "error"]
        self.assertTrue(found, "no error was found")
        self.assertTrue([one for one in found
                         if one[0] == path and rule in (ANY, one[1]) and line in (ANY, one[2])],
                        found)


class HostileTexts(Folder):
    def test_check_says_which_rule_and_line(self):
        for name, (text, rule, line) in REFUSED.items():
            with self.subTest(name):
                self.assert_refused(self.write(f"{name}.yaml", text), rule, line)

    def test_serve_refuses_them_with_their_place(self):
        for name, (text, _, line) in REFUSED.items():
            path = self.write(f"{name}.yaml", text)
            with self.subTest(name):
                served = run("serve", "--capability", path, "--grpc", "127.0.0.1:0", "--rest",
                             "127.0.0.1:0", "--mcp", "127.0.0.1:0")
                self.assertEqual(served.returncode, 1, served.stderr)
                place = f"{path}:{line}: error: " if line else f"{path}: error: "
                said = served.stderr.decode(errors="replace")
                self.assertIn(f"{path}:" if line is ANY else place, said)
                self.assertNotIn("ready", served.stdout.decode())

    def test_overlays_are_held_to_the_same(self):
        good = self.write("good.yaml", GOOD)
        for name in ("deep_lists", "alias_bomb", "10_MB_of_comment", "nul", "invalid_utf8", "utf32",
                     "bracket_left_open", "second_document"):
            text, rule, line = REFUSED[name]
            with self.subTest(name):
                self.assert_refused(self.write(f"{name}.yaml", text), rule, line, good, "--overlay")

    def test_one_bad_file_does_not_hide_the_findings_of_another(self):
        self.write("1.yaml", REFUSED["alias_bomb"][0])
        self.write("2.yaml", REFUSED["nul"][0])
        _, findings = check(self.folder)
        self.assertEqual({one["file"] for one in findings},
                         {self.path("1.yaml"), self.path("2.yaml")})

    def test_other_spellings_say_the_same(self):
        good = run("describe", self.write("good.yaml", GOOD)).stdout
        self.assertIn(b"createjob", good)
        for name, text in SAME.items():
            with self.subTest(name):
                path = self.write(f"{name}.yaml", text)
                self.assertEqual(check(path), (0, []))
                self.assertEqual(run("describe", path).stdout, good)

    def test_findings_are_bounded(self):
        path = self.write("f.yaml", GOOD + "".join(f"key{i}: v\n" for i in range(50_000)))
        code, findings = check(path)
        self.assertEqual(code, 0)
        self.assertLess(len(findings), 1_100)
        self.assertIn("file-limits", [one["rule"] for one in findings])


class OddPlaces(Folder):
    def test_what_cannot_be_read_is_said(self):
        os.symlink("b.yaml", self.path("a.yaml"))
        os.symlink("a.yaml", self.path("b.yaml"))
        os.symlink("nowhere", self.path("dangling.yaml"))
        os.symlink("/proc/self/mem", self.path("failing.yaml"))  # opens, and fails when read
        os.mkdir(self.path("folder.yaml"))
        for name in ("a", "dangling", "failing", "folder", "missing"):
            with self.subTest(name):
                self.assert_refused(self.path(f"{name}.yaml"), "unreadable-file", 0)

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_a_file_that_this_user_may_not_read_is_said(self):
        os.chmod(self.write("secret.yaml", GOOD), 0)
        self.assert_refused(self.path("secret.yaml"), "unreadable-file", 0)

    def test_links_that_lead_nowhere_in_a_folder_are_said(self):
        self.write("good.yaml", GOOD)
        os.symlink("loop.yaml", self.path("loop.yaml"))
        os.symlink("nowhere", self.path("dangling.yaml"))
        code, findings = check(self.folder)
        self.assertEqual(code, 1)
        self.assertEqual([(one["file"], one["rule"]) for one in findings],
                         [(self.path("dangling.yaml"), "unreadable-file"),
                          (self.path("loop.yaml"), "unreadable-file")])

    def test_a_folder_named_like_a_file_is_not_passed_over_in_silence(self):
        self.write("good.yaml", GOOD)
        os.mkdir(self.path("more.yaml"))
        os.mkfifo(self.path("pipe.yaml"))
        os.mkdir(self.path("overlays"))
        code, findings = check(self.folder)
        self.assertEqual(code, 0)
        self.assertEqual([(one["file"], one["severity"], one["rule"]) for one in findings],
                         [(self.path("more.yaml"), "warning", "unreadable-file"),
                          (self.path("pipe.yaml"), "warning", "unreadable-file")])

    def test_an_enormous_file_is_not_read_to_its_end(self):
        path = self.write("huge.yaml", "#")
        os.truncate(path, 1 << 40)  # sparse: a terabyte that takes no room
        self.assert_refused(path, "file-limits", 0)


if __name__ == "__main__":
    case_report.main()
