#include "core/plan/input_places.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/plan/name_folding.h"

namespace portico::plan {

std::optional<InputPlace> InputPlaces::Take(const capability::InputParameter& input,
                                            std::size_t level) {
  InputPlace place;
  place.name = NameOf(input);
  if (place.name.empty()) {
    log_->Error(input, input.name, "name", "is blank");
    return std::nullopt;
  }
  place.location = LocationOf(input, place.name);
  if (!Claim(place, input, level)) return std::nullopt;
  return place;
}

std::string InputPlaces::NameOf(const capability::InputParameter& input) {
  const std::string& written = input.name.text;
  if (FindName(path_.placeholders(), written).has_value()) return written;
  std::string name = WireName(written);
  if (!name.empty() && name != written) {
    log_->Warn(input, input.name, "name",
               absl::StrCat("holds white space; \"", name, "\" is the name that is sent"));
  }
  return name;
}

std::string InputPlaces::LocationOf(const capability::InputParameter& input,
                                    const std::string& name) {
  std::string location = absl::AsciiStrToLower(input.location.text);
  if (!location.empty()) return location;
  if (FindName(path_.placeholders(), name).has_value()) {
    location = "path";
  } else {
    location = SqueezeName(name) == "body" ? "body" : "query";
  }
  log_->Warn(input, input.location, "in", absl::StrCat("is not given; read as \"", location, "\""));
  return location;
}

bool InputPlaces::Claim(const InputPlace& place, const capability::InputParameter& input,
                        std::size_t level) {
  // Header names do not differ by case (RFC 9110, 5.1).
  const std::pair<std::string, std::string> claim = {
      place.location, place.location == "header" ? absl::AsciiStrToLower(place.name) : place.name};
  if (level != level_) this_level_.clear();
  level_ = level;
  if (!this_level_.insert(claim).second) {
    log_->Warn(input, input.name, "name",
               absl::StrCat("\"", place.name, "\" stands twice in one list; the first one counts"));
  }
  return claimed_.insert(claim).second;
}

}  // namespace portico::plan
