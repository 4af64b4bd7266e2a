#include "gateway/openapi/face.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gateway/openapi/examples.h"

namespace portico::openapi {
namespace {

// The element of `elements` that is a face of `operation`; null when there is none.
template <typename Element>
const Element* FaceOf(const std::vector<Element>& elements, const plan::Operation* operation) {
  for (const Element& element : elements) {
    if (element.operation == operation) return &element;
  }
  return nullptr;
}

// That of a hand-written service: a synthesised one knows no more than the operation.
const plan::Method* TypedMethodOf(const plan::Plan& plan, const plan::Operation* operation) {
  for (const plan::Method& method : plan.methods()) {
    if (method.operation == operation && !method.synthesised) return &method;
  }
  return nullptr;
}

}  // namespace

std::vector<Face> FacesOf(const plan::Plan& plan) {
  std::vector<Face> faces;
  std::map<std::string, std::vector<std::string>> placeholders;  // by shape of the path
  std::map<std::string, int> ids;
  for (const plan::Route& route : plan.routes()) {
    Face face;
    face.route = &route;
    face.operation = route.operation;
    face.method = TypedMethodOf(plan, route.operation);
    face.tool = FaceOf(plan.tools(), route.operation);
    face.placeholders =
        placeholders.emplace(route.path.Shape(), route.path.placeholders()).first->second;
    const int before = ids[route.operation->id]++;
    face.id =
        before == 0 ? route.operation->id : absl::StrCat(route.operation->id, "-", before + 1);
    face.example = ExampleOf(route.operation->id);
    faces.push_back(std::move(face));
  }
  return faces;
}

std::string PathOf(const Face& face) {
  const std::vector<std::string> literals = absl::StrSplit(face.route->path.Shape(), "{}");
  std::string path = literals[0];
  for (std::size_t i = 1; i < literals.size(); ++i) {
    absl::StrAppend(&path, "{", face.placeholders[i - 1], "}", literals[i]);
  }
  return path;
}

const google::protobuf::FieldDescriptor* FieldOf(const Face& face,
                                                 const plan::Parameter& parameter) {
  if (face.method == nullptr) return nullptr;
  for (const plan::FieldBinding& binding : face.method->fields) {
    if (&face.operation->parameters[binding.parameter] == &parameter) return binding.field;
  }
  return nullptr;
}

bool TakesBody(const Face& face) {
  if (face.operation->body == plan::BodyUse::kNone) return false;
  for (const plan::Binding& binding : face.route->bindings) {
    if (binding.parameter == "body" && !binding.caller_name.empty()) return true;
  }
  return false;
}

}  // namespace portico::openapi
