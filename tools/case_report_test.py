"""Tests of case_report.py."""

import io
import unittest

from tools import case_report
from tools import count_tests


class Sample(unittest.TestCase):
    def good(self):
        pass

    def bad(self):
        self.fail("<not> this & that")

    def broken(self):
        raise ValueError("no value")

    def skipped(self):
        self.skipTest("not here")

    def half_good(self):
        for number in (1, 2):
            with self.subTest(number=number):
                self.assertEqual(number, 1)


class NeverSetUp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise ValueError("no server")

    def good(self):
        pass


def count(*cases):
    text, good = case_report.run(unittest.TestSuite(cases), stream=io.StringIO())
    counts = count_tests.count_cases("//a:t", "PASSED" if good else "FAILED", text)
    return len(counts.passed), len(counts.failed), len(counts.skipped)


class CaseReportTest(unittest.TestCase):
    def test_each_case_counts(self):
        self.assertEqual(count(Sample("good"), Sample("good")), (2, 0, 0))

    def test_failures_and_errors_count_as_failed(self):
        self.assertEqual(count(Sample("good"), Sample("bad"), Sample("broken")), (1, 2, 0))

    def test_skipped_cases_do_not_pass(self):
        self.assertEqual(count(Sample("skipped"), Sample("good")), (1, 0, 1))

    def test_failed_sub_test_fails(self):
        self.assertEqual(count(Sample("half_good")), (0, 1, 0))

    def test_class_that_cannot_be_set_up_fails(self):
        self.assertEqual(count(NeverSetUp("good")), (0, 1, 0))


if __name__ == "__main__":
    case_report.main()
