"""C++ from .proto files with Debian's protoc and gRPC plugin."""

def _protoc(labels):
    """The start of a protoc command that finds the files `labels` and Protobuf's own."""
    roots = ["-I/usr/include"]
    for label in labels:
        root = "-I" + ("external/" + label[1:].split("//")[0] if label.startswith("@") else "proto")
        if root not in roots:
            roots.append(root)
    return "/usr/bin/protoc " + " ".join(roots)

def _import_path(label):
    """`google/api/http.proto` of `@googleapis//:google/api/http.proto`."""
    return label.split(":")[-1]

def _generate(name, protos, imports, suffix, flags):
    paths = [_import_path(proto) for proto in protos]
    outs = []
    for path in paths:
        stem = path[:-len(".proto")] + suffix
        outs += [stem + ".h", stem + ".cc"]
    native.genrule(
        name = name,
        srcs = protos + imports,
        outs = outs,
        cmd = "%s %s %s" % (_protoc(protos + imports), flags, " ".join(paths)),
        visibility = ["//visibility:private"],
    )
    return outs

def _library(name, outs, **kwargs):
    native.cc_library(
        name = name,
        srcs = [out for out in outs if out.endswith(".cc")],
        hdrs = [out for out in outs if out.endswith(".h")],
        includes = ["."],
        # One copy of each descriptor in a program, and no shared library to link.
        linkstatic = True,
        **kwargs
    )

def cc_proto(name, protos, imports = [], deps = [], visibility = None):
    """A cc_library `name` with the messages of .proto files.

    Args:
      name: the library's name.
      protos: labels of the files; the part after ":" is the import path.
      imports: labels of every other file that they import, directly or not.
      deps: cc_proto libraries of the imports.
      visibility: as everywhere.
    """
    _library(
        name,
        _generate(name + "_pb", protos, imports, ".pb", "--cpp_out=$(RULEDIR)"),
        # A descriptor registers itself at start-up; nothing calls it by name.
        alwayslink = True,
        visibility = visibility,
        deps = deps + ["//third_party:protobuf"],
    )

def cc_grpc_stubs(name, protos, imports = [], deps = [], visibility = None):
    """A cc_library `name` with stubs of the files' services; for tests and benchmarks.

    Args:
      name: the library's name.
      protos: labels of the files; the part after ":" is the import path.
      imports: labels of every other file that they import, directly or not.
      deps: cc_proto libraries of the files and their imports.
      visibility: as everywhere.
    """
    _library(
        name,
        _generate(
            name + "_stubs",
            protos,
            imports,
            ".grpc.pb",
            "--plugin=protoc-gen-grpc=/usr/bin/grpc_cpp_plugin --grpc_out=$(RULEDIR)",
        ),
        testonly = True,
        visibility = visibility,
        deps = deps + ["//third_party:grpc"],
    )

def descriptor_set(name, protos, imports = [], visibility = None):
    """A file `name`: the FileDescriptorSet of .proto files, imports and comments included.

    Args:
      name: the rule's and the file's name.
      protos: labels of the files; the part after ":" is the import path.
      imports: labels of every other file that they import, directly or not.
      visibility: as everywhere.
    """
    native.genrule(
        name = name + "_file",
        srcs = protos + imports,
        outs = [name],
        cmd = "%s --include_imports --include_source_info --descriptor_set_out=$@ %s" %
              (_protoc(protos + imports), " ".join([_import_path(proto) for proto in protos])),
        visibility = visibility,
    )
