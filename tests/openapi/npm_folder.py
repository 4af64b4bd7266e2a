"""Where the npm packages are that ./dev test installs (tests/openapi/npm, tests/mcp/npm)."""

import os
import shutil


def _source_folder():
    # Bazel's runfiles are links to the sources.
    here = os.path.dirname(os.path.realpath(__file__))
    return os.path.dirname(os.path.dirname(here))


def npm_folder(name="openapi"):
    """The folder that holds node_modules; AssertionError when ./dev never made it."""
    folder = os.path.join(_source_folder(), ".cache", "tools", name)
    assert shutil.which("node"), "node is not installed; ./dev setup installs it"
    assert os.path.exists(os.path.join(folder, "installed.json")), (
        f"{folder} is missing; ./dev setup installs it")
    return folder


def npm_program(program, name="openapi"):
    """The path of a program that one of the packages brings."""
    return os.path.join(npm_folder(name), "node_modules", ".bin", program)
