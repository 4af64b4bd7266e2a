// One call on an upstream API, compiled from a capability file, and the three
// faces it is served under: Method (gRPC), Route (REST) and Tool (MCP).
//
// Plain immutable data owned by the Plan; any thread.
#ifndef PORTICO_CORE_PLAN_OPERATION_H_
#define PORTICO_CORE_PLAN_OPERATION_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "core/capability/finding.h"
#include "core/plan/header.h"
#include "core/plan/path_template.h"

namespace google::protobuf {
class FieldDescriptor;
class MethodDescriptor;
}  // namespace google::protobuf

namespace portico::plan {

enum class ParameterLocation { kPath, kQuery, kHeader };

// How an array is spelled in a query string or form (portico.v1.ArrayStyle).
enum class ArrayStyle { kRepeat, kComma, kBrackets, kDeepObject, kPipe, kSpace };

enum class ValueType { kString, kInteger, kNumber, kBoolean, kArray, kObject };

// Where a parameter is known from.
enum class ParameterSource {
  kDeclared,  // `inputParameters` of the operation, its resource or its API
  kImplicit,  // a placeholder of the path that the file does not declare
  kOverlay,   // added by an operator's overlay
  kVendor,    // the .proto request message, after the vendor's document
};

struct Parameter {
  std::string name;  // as on the wire: case and hyphens kept
  ParameterLocation location = ParameterLocation::kQuery;
  ValueType type = ValueType::kString;
  ArrayStyle array_style = ArrayStyle::kRepeat;
  bool array_style_stated = false;  // by an overlay: a .proto does not change it
  ParameterSource source = ParameterSource::kDeclared;
  bool required = false;
  std::string description;
};

enum class BodyUse { kNone, kOptional, kRequired };

// How a request's body goes upstream; callers give JSON (docs/overlays.md).
enum class BodyEncoding { kJson, kForm, kMultipart, kRaw };

// How long Portico waits for an upstream; what is absent is the process's default.
struct Timeouts {
  std::optional<absl::Duration> connect;
  std::optional<absl::Duration> total;  // of a unary call whose caller sets no deadline
  std::optional<absl::Duration> idle;   // of an event stream, between two bytes
};

// What a caller may assume of an operation (MCP `hints`; `idempotency_level`).
struct Hints {
  bool read_only = false;
  bool destructive = false;
  bool idempotent = false;
  bool open_world = true;  // reaches things beyond Portico (the MCP default)
};

struct Operation {
  std::string space;  // namespace of the `consumes` entry
  std::string name;   // unique within `space`
  std::string id;     // "<space>.<name>"
  std::string description;
  capability::Place place;

  std::size_t upstream = 0;  // index into Plan::upstreams()
  std::string http_method;   // upper case
  PathTemplate path;         // below the upstream's base URI, verbatim
  // Without the body. First the implicit ones, then those of the file, those of
  // overlays, and those that only the .proto knows. Each placeholder of `path` has one of its name.
  std::vector<Parameter> parameters;
  BodyUse body = BodyUse::kNone;
  BodyEncoding body_encoding = BodyEncoding::kJson;
  std::string raw_content_type;                       // kRaw only
  ArrayStyle form_array_style = ArrayStyle::kRepeat;  // kForm only
  Timeouts timeouts;
  bool stream = false;  // the answer is text/event-stream
  // Sent with every call: constants of the file, and `Accept` (dialect rule 7).
  std::vector<Header> constant_headers;
  Hints hints;
};

// Caller's value NAME feeds a parameter. Parameters that no binding names are
// not sent; kVendor ones are always bound, under their own name.
struct Binding {
  // Empty when `constant` is what is sent. Of a route: the placeholder of
  // Route::path where one fits ("taskid"), otherwise the name in the query or
  // header; "body" is the request's body.
  std::string caller_name;
  std::string constant;
  // Parameter::name, or "body". Two parameters of one name (path and query) are both fed.
  std::string parameter;
};

// The REST face of an operation.
struct Route {
  std::string http_method;
  PathTemplate path;
  const Operation* operation = nullptr;
  std::vector<Binding> bindings;
  std::string description;
  capability::Place place;
};

// The MCP face of an operation.
struct Tool {
  std::string name;
  std::string description;
  Hints hints;
  const Operation* operation = nullptr;
  std::vector<Binding> bindings;
  capability::Place place;
};

// A request field that travels as a parameter rather than in the body.
struct FieldBinding {
  const google::protobuf::FieldDescriptor* field = nullptr;
  std::size_t parameter = 0;  // index into Operation::parameters
};

// The gRPC face of an operation.
struct Method {
  std::string path;  // "/package.Service/Method", as in the :path header
  const google::protobuf::MethodDescriptor* descriptor = nullptr;
  const Operation* operation = nullptr;
  std::vector<FieldBinding> fields;
  // Fields without a FieldBinding are members of the JSON body
  // (google.api.http `body: "*"`); false for operations without a body.
  bool rest_is_body = false;
  // The repeated field that holds a top-level JSON array, or null
  // (google.api.http `response_body`).
  const google::protobuf::FieldDescriptor* array_field = nullptr;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_OPERATION_H_
