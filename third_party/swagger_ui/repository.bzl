"""Swagger UI as an outside repository, from where ./dev installs it."""

_FILES = [
    "LICENSE",
    "NOTICE",
    "swagger-ui-bundle.js",
    "swagger-ui-bundle.js.LICENSE.txt",
    "swagger-ui.css",
]

def _swagger_ui_repository_impl(repository):
    workspace = repository.path(Label("//:WORKSPACE")).dirname
    package = repository.path(
        "%s/.cache/swagger_ui/node_modules/swagger-ui-dist" % workspace,
    )
    if not package.exists:
        fail("Swagger UI is not in .cache/swagger_ui: `./dev build` and `./dev setup` install it")
    for name in _FILES:
        repository.symlink(package.get_child(name), name)
    repository.file("BUILD.bazel", "exports_files(%r)\n" % _FILES)

# local: looked at again whenever Bazel starts, so that an installation is seen.
swagger_ui_repository = repository_rule(implementation = _swagger_ui_repository_impl, local = True)
