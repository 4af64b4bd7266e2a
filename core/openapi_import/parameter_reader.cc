#include "core/openapi_import/parameter_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/plan/header_rules.h"
#include "core/plan/name_folding.h"

namespace portico::openapi_import {
namespace {

constexpr std::size_t kMaxDescription = 500;
// In the overlay it is a key, and YAML (1.2.2, 7.4.2) has none of more than 1024 characters.
constexpr std::size_t kMaxName = 512;

bool SameName(const ApiParameter& a, const ApiParameter& b) {
  if (a.location != b.location) return false;
  return a.location == "header" ? absl::EqualsIgnoreCase(a.name, b.name) : a.name == b.name;
}

// A later one replaces an earlier one of the same name, in its place.
void Put(ApiParameter parameter, std::vector<ApiParameter>* parameters) {
  const auto same =
      std::find_if(parameters->begin(), parameters->end(),
                   [&](const ApiParameter& other) { return SameName(other, parameter); });
  if (same != parameters->end()) {
    *same = std::move(parameter);
  } else {
    parameters->push_back(std::move(parameter));
  }
}

// An overlay's word for `style` and `explode` of a list in the query string.
std::string ListStyle(const std::string& style, bool explode) {
  if (style == "deepObject") return "deepObject";
  if (explode) return "";
  if (style == "pipeDelimited") return "pipe";
  return style == "spaceDelimited" ? "space" : "comma";
}

}  // namespace

std::vector<ApiParameter> ParameterReader::Read(const YamlNode& path_item,
                                                const YamlNode& operation, const std::string& path,
                                                const std::string& where) {
  std::vector<ApiParameter> parameters;
  for (const YamlNode* owner : {&path_item, &operation}) {
    const YamlNode* list = owner->Find("parameters");
    if (list == nullptr) continue;
    for (const auto& item : list->items) {
      const YamlNode* parameter = resolver_->Resolve(item.get());
      if (parameter != nullptr) Add(*parameter, path, where, &parameters);
    }
  }
  return parameters;
}

void ParameterReader::Add(const YamlNode& parameter, const std::string& path,
                          const std::string& where, std::vector<ApiParameter>* parameters) {
  ApiParameter read;
  read.name = resolver_->TextOf(parameter, "name");
  read.location = resolver_->TextOf(parameter, "in");
  read.required = read.location == "path" || resolver_->FlagOf(parameter, "required");
  if (!Carried(read, path, parameter.line, where)) return;
  const YamlNode* schema = resolver_->Member(parameter, "schema");
  read.type = schemas_.TypeOf(schema);
  read.description =
      Shortened(Joined(Joined(resolver_->FlagOf(parameter, "deprecated") ? "Deprecated." : "",
                              resolver_->TextOf(parameter, "description")),
                       schemas_.ValuesOf(schema)),
                kMaxDescription);
  if (parameter.Find("content") != nullptr) {
    read.type = "string";
    read.description = Joined(read.description, "A JSON text.");
  } else if (read.location == "query") {
    return AddQuery(parameter, schema, std::move(read), where, parameters);
  } else if (read.type == "array" || read.type == "object") {
    // Style "simple", the only one of headers and nearly the only one of paths.
    read.type = "string";
    read.description = Joined(read.description, "Several values are joined by commas.");
  }
  const std::string style = resolver_->TextOf(parameter, "style");
  if (style == "label" || style == "matrix") {
    log_->Warn(capability::Rule::kNotImported, parameter.line, where,
               absl::StrCat("\"", read.name, "\" has the style ", style,
                            ", which is not served: callers must write the value as ", style,
                            " spells it"));
  }
  Put(std::move(read), parameters);
}

void ParameterReader::AddQuery(const YamlNode& parameter, const YamlNode* schema, ApiParameter read,
                               const std::string& where, std::vector<ApiParameter>* parameters) {
  const std::string style = resolver_->TextOf(parameter, "style");
  const bool form = style.empty() || style == "form";
  const bool explode = resolver_->FlagOf(parameter, "explode", form);
  if (read.type == "array") {
    read.array_style = ListStyle(style, explode);
  } else if (read.type == "object" && form && explode) {
    // Its members stand in the query string by their own names; its own stands nowhere.
    const std::vector<SchemaReader::Member> members = schemas_.MembersOf(schema);
    if (members.empty()) {
      log_->Warn(capability::Rule::kNotImported, parameter.line, where,
                 absl::StrCat("\"", read.name,
                              "\" stands for any query parameters, which no "
                              "capability file can name; it is left out"));
    }
    for (const SchemaReader::Member& member : members) {
      ApiParameter one;
      one.name = member.name;
      one.type = schemas_.TypeOf(member.schema);
      one.required = read.required && member.required;
      if (!Carried(one, "", parameter.line, where)) continue;
      if (member.schema != nullptr) {
        one.description = Shortened(Joined(resolver_->TextOf(*member.schema, "description"),
                                           schemas_.ValuesOf(member.schema)),
                                    kMaxDescription);
      }
      Put(std::move(one), parameters);
    }
    return;
  } else if (read.type == "object" && style == "deepObject") {
    read.array_style = "deepObject";
  } else if (read.type == "object") {
    read.type = "string";
    read.description =
        Joined(read.description, "An object, as name,value,name,value with commas between.");
  }
  Put(std::move(read), parameters);
}

bool ParameterReader::Carried(const ApiParameter& read, const std::string& path, int line,
                              const std::string& where) {
  const auto leave_out = [&](absl::string_view why) {
    log_->Warn(capability::Rule::kNotImported, line, where,
               absl::StrCat("\"", read.name, "\" is left out: ", why));
    return false;
  };
  if (read.name.empty()) return leave_out("it has no name");
  if (read.location == "path") {
    if (absl::StrContains(path, absl::StrCat("{", read.name, "}"))) return true;
    return leave_out(absl::StrCat("the path ", path, " has no {", read.name, "}"));
  }
  if (read.name.size() > kMaxName) return leave_out("its name is too long");
  if (read.name != plan::WireName(read.name)) {
    return leave_out("no capability file can write a name with white space");
  }
  if (read.location == "query") return true;
  if (read.location != "header") {
    return leave_out(absl::StrCat("parameters in \"", read.location, "\" are not served"));
  }
  // To be ignored (OpenAPI 3.1.0, 4.8.12.2.1): the document says them elsewhere.
  if (absl::EqualsIgnoreCase(read.name, "Accept") ||
      absl::EqualsIgnoreCase(read.name, "Content-Type")) {
    return false;
  }
  if (absl::EqualsIgnoreCase(read.name, "Authorization")) return !authenticated_;
  if (!plan::IsHeaderName(read.name)) return leave_out("it cannot be a header's name");
  const std::string reason = plan::ReasonNotToTake(read.name);
  return reason.empty() || leave_out(reason);
}

}  // namespace portico::openapi_import
