"""C++ from .proto files with Debian's protoc and gRPC plugin."""

_PROTOC = " ".join([
    "/usr/bin/protoc",
    "-Iproto",
    "-Iexternal/googleapis",
    "-Iexternal/grpc_proto",
    "-I/usr/include",
])

def _generate(name, proto, path, imports, suffix, flags):
    stem = path[:-len(".proto")]
    outs = [stem + suffix + ".h", stem + suffix + ".cc"]
    native.genrule(
        name = name,
        srcs = [proto] + imports,
        outs = outs,
        cmd = "%s %s %s" % (_PROTOC, flags, path),
        visibility = ["//visibility:private"],
    )
    return outs

def cc_proto(name, proto, path = None, imports = [], deps = [], visibility = None):
    """A cc_library `name` with the messages of one .proto file.

    Args:
      name: the library's name.
      proto: label of the .proto file.
      path: the file's import path, by default the label itself.
      imports: labels of every .proto file it imports, directly or not.
      deps: cc_proto libraries of the imports.
      visibility: as everywhere.
    """
    outs = _generate(name + "_pb", proto, path or proto, imports, ".pb", "--cpp_out=$(RULEDIR)")
    native.cc_library(
        name = name,
        srcs = [outs[1]],
        hdrs = [outs[0]],
        includes = ["."],
        visibility = visibility,
        # A descriptor registers itself at start-up; nothing calls it by name.
        alwayslink = True,
        deps = deps + ["//third_party:protobuf"],
    )

def cc_grpc_stubs(name, proto, imports = [], deps = [], visibility = None):
    """Client stubs of one .proto file's services; for tests and benchmarks."""
    outs = _generate(
        name + "_grpc_pb",
        proto,
        proto,
        imports,
        ".grpc.pb",
        "--plugin=protoc-gen-grpc=/usr/bin/grpc_cpp_plugin --grpc_out=$(RULEDIR)",
    )
    native.cc_library(
        name = name,
        testonly = True,
        srcs = [outs[1]],
        hdrs = [outs[0]],
        includes = ["."],
        visibility = visibility,
        deps = deps + ["//third_party:grpc"],
    )
