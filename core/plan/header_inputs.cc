#include "core/plan/header_inputs.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/codec/media_type.h"
#include "core/plan/header_rules.h"
#include "core/plan/input_type.h"
#include "core/plan/stream_detection.h"

namespace portico::plan {

void HeaderInputs::Add(const capability::InputParameter& input, const std::string& name) {
  if (!IsHeaderName(name)) {
    log_->Error(input, input.name, "name",
                absl::StrCat("\"", name, "\" cannot be a header's name"));
    return;
  }
  if (absl::EqualsIgnoreCase(name, "Accept")) return AddAccept(input);
  const std::string reason = ReasonNotToTake(name);
  if (absl::EqualsIgnoreCase(name, "Content-Type") && input.value.present()) {
    compiled_->untaken.push_back(name);
    if (!codec::IsOfType(input.value.text, "application/json")) {
      log_->Error(input, input.value, "value", "bodies are sent as application/json only");
    }
  } else if (!reason.empty()) {
    compiled_->untaken.push_back(name);
    log_->Warn(input, input.name, "name",
               absl::StrCat("\"", name, "\" is never sent as given: ", reason));
  } else if (input.value.present() && absl::EqualsIgnoreCase(name, "Authorization") &&
             authorization_ != AuthorizationInput::kPassed) {
    compiled_->untaken.push_back(name);
    log_->Warn(input, input.name, "name",
               "is left out: the file's \"authentication\" is what is sent");
  } else if (input.value.present()) {
    AddConstantHeader(input, name);
  } else if (absl::EqualsIgnoreCase(name, "Authorization")) {
    AddAuthorization(input, name);
  } else {
    AddParameter(input, name);
  }
}

void HeaderInputs::AddParameter(const capability::InputParameter& input, const std::string& name) {
  compiled_->parameters.push_back(
      DeclaredParameter(input, name, ParameterLocation::kHeader, log_->findings()));
}

// Optional next to a configured credential, whatever the file says: that one is sent
// when the caller gives none.
void HeaderInputs::AddAuthorization(const capability::InputParameter& input,
                                    const std::string& name) {
  if (authorization_ == AuthorizationInput::kRefused) {
    compiled_->untaken.push_back(name);
    log_->Warn(input, input.name, "name",
               "is not taken from callers: the file's \"authentication\" is sent; "
               "--allow-caller-authorization lets a caller's replace it");
    return;
  }
  AddParameter(input, name);
  if (authorization_ == AuthorizationInput::kPassed) return;
  compiled_->parameters.back().required = false;
  compiled_->parameters.back().replaces_credential = true;
}

// Portico knows what it can read; neither a model nor a caller is asked.
void HeaderInputs::AddAccept(const capability::InputParameter& input) {
  compiled_->untaken.push_back(input.name.text);
  compiled_->accepts_event_stream =
      SaysEventStream(input.description.text) || SaysEventStream(input.value.text);
  if (input.value.present() && !compiled_->accepts_event_stream) AddConstantHeader(input, "Accept");
}

void HeaderInputs::AddConstantHeader(const capability::InputParameter& input,
                                     const std::string& name) {
  const std::string& value = input.value.text;
  compiled_->untaken.push_back(name);
  if (!IsHeaderValue(value)) {
    log_->Error(input, input.value, "value", "holds a character that may not stand in a header");
  } else if (absl::StrContains(value, "{{")) {
    compiled_->constants.push_back({name, ParameterLocation::kHeader, value});
  } else {
    compiled_->constant_headers.push_back({name, value});
  }
}

}  // namespace portico::plan
