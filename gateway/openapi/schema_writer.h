// JSON Schemas of Protobuf messages: of the JSON that an upstream takes and
// answers, and that REST passes on as it is. Members are called as on the wire,
// numbers are numbers (also 64-bit ones), nothing is closed: upstreams may add
// members. `unmodeled_json`, which exists in gRPC alone, does not appear.
//
// Not thread-safe. Descriptors must outlive it.
#ifndef PORTICO_GATEWAY_OPENAPI_SCHEMA_WRITER_H_
#define PORTICO_GATEWAY_OPENAPI_SCHEMA_WRITER_H_

#include <functional>
#include <map>
#include <string>

#include "gateway/openapi/json.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace portico::openapi {

class SchemaWriter {
 public:
  using Keeps = std::function<bool(const google::protobuf::FieldDescriptor&)>;

  // {"$ref": ...} to the schema of `message`, which is added to components(), and
  // so are those that it refers to.
  Json Ref(const google::protobuf::Descriptor& message);
  // The same for a message of which only some fields are members of the JSON.
  Json Ref(const google::protobuf::Descriptor& message, const Keeps& keeps);

  // The schema of a field's value, without a description.
  Json Value(const google::protobuf::FieldDescriptor& field);

  // Adds a schema under a name of its own and gives the {"$ref": ...} to it.
  Json Add(const std::string& name, Json schema);

  // By full name of the message, sorted.
  const std::map<std::string, Json>& components() const { return components_; }

 private:
  Json Object(const google::protobuf::Descriptor& message, const Keeps& keeps);
  Json Member(const google::protobuf::FieldDescriptor& field);
  Json Single(const google::protobuf::FieldDescriptor& field);

  std::map<std::string, Json> components_;
};

// Whether (portico.v1.member) says that the upstream demands the member.
bool IsRequired(const google::protobuf::FieldDescriptor& field);

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_SCHEMA_WRITER_H_
