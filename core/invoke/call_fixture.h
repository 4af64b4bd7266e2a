// A call of one operation, to be filled by tests.
#ifndef PORTICO_CORE_INVOKE_CALL_FIXTURE_H_
#define PORTICO_CORE_INVOKE_CALL_FIXTURE_H_

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/invoke/call.h"
#include "core/plan/plan.h"
#include "core/upstream/credential.h"

namespace portico::invoke {

class CallFixture : public testing::Test {
 protected:
  CallFixture() {
    upstream_.space = "tasks";
    upstream_.base_uri = "https://api.example/v1";
    operation_.http_method = "GET";
    operation_.id = "tasks.get";
    SetPath("/tasks/{taskId}");
    call_.operation = &operation_;
  }

  void SetPath(const char* text) { operation_.path = plan::PathTemplate::Parse(text).value(); }

  void Add(const char* name, plan::ParameterLocation location, std::vector<std::string> values,
           bool required = false, plan::ArrayStyle style = plan::ArrayStyle::kRepeat) {
    plan::Parameter parameter;
    parameter.name = name;
    parameter.location = location;
    parameter.required = required;
    parameter.array_style = style;
    operation_.parameters.push_back(parameter);
    call_.arguments.parameters.push_back(std::move(values));
  }

  plan::Upstream upstream_;
  plan::Operation operation_;
  upstream::Credential credential_;
  Call call_;
};

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_CALL_FIXTURE_H_
