"""Tests of count_tests.py."""

import json
import unittest

from tools import case_report
from tools import count_tests

GTEST = b"""<?xml version="1.0"?>
<testsuites><testsuite name="A">
  <testcase name="Good" classname="A" status="run"/>
  <testcase name="Bad" classname="A" status="run"><failure message="1 != 2"/></testcase>
  <testcase name="Skipped" classname="A" status="run"><skipped message="no node"/></testcase>
  <testcase name="DISABLED_Off" classname="A" status="notrun"/>
</testsuite></testsuites>"""
GOOD = b'<testsuites><testcase name="Good" classname="A" status="run"/></testsuites>'
CRASH = b'<testsuites><testcase name="t"><error message="exited with 134"/></testcase></testsuites>'


def configured(label):
    ident = {"targetConfigured": {"label": label}}
    return json.dumps({"id": ident, "configured": {"testSize": "SMALL"}})


def result(label, status, xml, attempt=1, shard=1, cached=False):
    return json.dumps({
        "id": {"testResult": {"label": label, "run": 1, "shard": shard, "attempt": attempt}},
        "testResult": {
            "status": status,
            "cachedLocally": cached,
            "testActionOutput": [{"name": "test.log", "uri": "log"}, {"name": "test.xml", "uri": xml}],
        },
    })


def count(*lines, **files):
    return count_tests.count_run(lines, read=lambda uri: files.get(uri, b""))


class CountTestsTest(unittest.TestCase):

    def test_counts_cases_rather_than_targets(self):
        counts = count(result("//a:t", "FAILED", "x"), x=GTEST)
        self.assertEqual(counts.passed, ["//a:t A.Good"])
        self.assertEqual(counts.failed, ["//a:t A.Bad"])
        self.assertEqual(counts.skipped, ["//a:t A.Skipped", "//a:t A.DISABLED_Off"])

    def test_counts_cached_results(self):
        counts = count(result("//a:t", "PASSED", "x", cached=True), x=GOOD)
        self.assertEqual(counts.passed, ["//a:t A.Good"])

    def test_counts_every_shard(self):
        counts = count(result("//a:t", "PASSED", "x"), result("//a:t", "PASSED", "x", shard=2), x=GOOD)
        self.assertEqual(len(counts.passed), 2)

    def test_last_attempt_decides(self):
        counts = count(
            result("//a:t", "FAILED", "x"), result("//a:t", "PASSED", "y", attempt=2), x=GTEST, y=GOOD)
        self.assertEqual((len(counts.passed), len(counts.failed)), (1, 0))

    def test_crash_is_one_failure(self):
        counts = count(result("//a:t", "FAILED", "x"), x=CRASH)
        self.assertEqual((counts.passed, counts.failed), ([], ["//a:t"]))

    def test_sanitizer_report_after_good_cases_is_a_failure(self):
        counts = count(result("//a:t", "FAILED", "x"), x=GOOD)
        self.assertEqual(counts.failed, ["//a:t (failed)"])

    def test_unreadable_xml_counts_as_the_target_does(self):
        self.assertEqual(count(result("//a:t", "PASSED", "x"), x=b"<a").passed, ["//a:t"])
        self.assertEqual(count(result("//a:t", "TIMEOUT", "none")).failed, ["//a:t (timeout)"])

    def test_test_that_did_not_build_is_a_failure(self):
        counts = count(configured("//a:t"), configured("//a:u"), result("//a:u", "PASSED", "x"), x=GOOD)
        self.assertEqual(counts.failed, ["//a:t (did not build or run)"])


if __name__ == "__main__":
    case_report.main()
