// One call on an upstream API, or a composition of such calls (composition.h),
// compiled from a capability file, and the three faces it is served under: Method (gRPC), Route
// (REST) and Tool (MCP).
//
// Plain immutable data owned by the Plan; any thread.
#ifndef PORTICO_CORE_PLAN_OPERATION_H_
#define PORTICO_CORE_PLAN_OPERATION_H_

#include <cstddef>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "core/capability/finding.h"
#include "core/plan/header.h"
#include "core/plan/output.h"
#include "core/plan/path_template.h"

namespace google::protobuf {
class FieldDescriptor;
class MethodDescriptor;
}  // namespace google::protobuf

namespace portico::plan {

struct Access;  // plan.h

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
  // A header that, when given, goes in the place of the upstream's configured
  // credential (dialect, feature 6).
  bool replaces_credential = false;
  std::string description;
};

// An input that the file itself fixes: sent with every call and asked of nobody.
struct Constant {
  std::string name;  // of the placeholder, the query parameter or the header
  ParameterLocation location = ParameterLocation::kQuery;
  // May hold `{{env.NAME}}`, resolved by upstream/credentials.h; in the query and the
  // path not percent-encoded yet.
  std::string text;
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

struct Composition;

// Of a composition that calls several APIs, or none; see Plan::UpstreamOf.
inline constexpr std::size_t kNoUpstream = std::numeric_limits<std::size_t>::max();

struct Operation {
  // Namespace of the `consumes` entry, or of the door whose own the operation is: a composition,
  // or a call with inputs from the environment (preset_operation.h).
  std::string space;
  std::string name;  // unique within `space`
  std::string id;    // "<space>.<name>"
  std::string description;
  capability::Place place;

  std::size_t upstream = 0;  // index into Plan::upstreams()
  std::string http_method;   // upper case
  PathTemplate path;         // below the upstream's base URI, verbatim
  // Without the body. First the implicit ones, then those of the file, those of
  // overlays, and those that only the .proto knows. Each placeholder of `path` has one,
  // or a constant, of its name.
  std::vector<Parameter> parameters;
  BodyUse body = BodyUse::kNone;
  ValueType body_type = ValueType::kObject;
  std::string body_description;  // of the file; may be empty
  BodyEncoding body_encoding = BodyEncoding::kJson;
  std::string raw_content_type;                       // kRaw only
  ArrayStyle form_array_style = ArrayStyle::kRepeat;  // kForm only
  std::vector<Constant> constants;
  std::optional<std::string> constant_body;  // JSON text; may hold variables
  Timeouts timeouts;
  bool stream = false;  // the answer is text/event-stream
  // Sent with every call: constants of the file without variables, and `Accept` (dialect rule 7).
  std::vector<Header> constant_headers;
  Hints hints;
  // Null for one call on the upstream, which is what all of the above is about. Otherwise
  // Portico answers itself, and `parameters` are the inputs of its steps: where none is
  // given, a member of that name of the body (an object) stands for it. `http_method` and
  // `path` then only name the operation ("/<id>", folded); `path` has no placeholders.
  std::shared_ptr<const Composition> composition;
  // Of the answer, when the file says what it is.
  std::optional<Output> output;
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
  const Access* access = nullptr;  // null: open to whoever reaches the door
};

// The MCP face of an operation.
struct Tool {
  std::string name;
  std::string description;
  Hints hints;
  const Operation* operation = nullptr;
  std::vector<Binding> bindings;
  capability::Place place;
  const Access* access = nullptr;  // null: open to whoever reaches the door
};

// A request field that travels as a parameter rather than in the body.
struct FieldBinding {
  const google::protobuf::FieldDescriptor* field = nullptr;
  std::size_t parameter = 0;  // index into Operation::parameters
};

// The gRPC face of an operation: an RPC of a hand-written service, or of one that is
// synthesised from the operations (core/synthesis).
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
  // Of a synthesised service: its messages say no more than the operation does.
  bool synthesised = false;
  // Whether the answer is wrapped as it is (codec::AnswerCodec). Only if synthesised.
  bool wraps_answer = false;
  // The request field that is the whole body, or null. Only if synthesised.
  const google::protobuf::FieldDescriptor* body_field = nullptr;
  // What a procedure sends in every call.
  std::vector<Binding> constants;
  const Access* access = nullptr;  // null: open to whoever reaches the door
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_OPERATION_H_
