"""Runs a Python test file and reports each case to Bazel.

Bazel takes a Python test for one case unless it writes the file that
XML_OUTPUT_FILE names, in the format that GoogleTest writes too. Put at the end
of a test, instead of unittest.main():

    if __name__ == "__main__":
        case_report.main()
"""

import os
import sys
import unittest
import xml.etree.ElementTree as ElementTree


class CaseResult(unittest.TextTestResult):
    """Collects one `testcase` element for each case as unittest goes along."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.suite = ElementTree.Element("testsuite", name="python")

    def _report(self, test, kind=None, text=""):
        # A skipped or failed class is no TestCase, but has an id of its own.
        classname, _, name = test.id().rpartition(".")
        case = ElementTree.SubElement(self.suite, "testcase", classname=classname, name=name)
        if kind:
            ElementTree.SubElement(case, kind, message=text)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._report(test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._report(test, "failure", str(err[1]))

    def addError(self, test, err):
        super().addError(test, err)
        self._report(test, "error", str(err[1]))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._report(test, "skipped", reason)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._report(subtest, "failure", str(err[1]))


def run(suite, stream=None):
    """The XML text of the suite's cases, and whether all went well."""
    result = unittest.TextTestRunner(stream, verbosity=2, resultclass=CaseResult).run(suite)
    root = ElementTree.Element("testsuites")
    root.append(result.suite)
    return ElementTree.tostring(root, encoding="unicode"), result.wasSuccessful()


def main():
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    text, good = run(suite)
    path = os.environ.get("XML_OUTPUT_FILE")
    if path:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    sys.exit(0 if good else 1)
