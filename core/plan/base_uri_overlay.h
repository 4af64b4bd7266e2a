// An API's base URI as the capability file and the overlays state it together: the last
// `baseUri` counts, and its `{variable}`s are filled from the `variables` of all, else from
// the environment.
//
// Not thread-safe. What is added must outlive it.
#ifndef PORTICO_CORE_PLAN_BASE_URI_OVERLAY_H_
#define PORTICO_CORE_PLAN_BASE_URI_OVERLAY_H_

#include <map>
#include <string>

#include "core/overlay/overlay_log.h"
#include "core/plan/base_uri_template.h"

namespace portico::plan {

class BaseUriOverlay {
 public:
  // `written`: the file's, which may be empty or hold placeholders.
  BaseUriOverlay(const std::string& written, const BaseUriValues& environment)
      : uri_(written), environment_(environment) {}

  // What one overlay says under `key`. Later ones win.
  void Add(const v1::UpstreamOverlay& written, const std::string& key, overlay::OverlayLog* log);

  // Whether any overlay speaks of the base URI; if not, the file alone does.
  bool stated() const { return last_log_ != nullptr; }

  // The URI, with an error at its overlay where it cannot be called: a placeholder
  // without a value, a value without a placeholder, characters that may not stand.
  std::string Resolve();

 private:
  struct Value {
    std::string text;
    std::string key;
    overlay::OverlayLog* log = nullptr;
    bool used = false;
  };

  std::string Expand();

  std::string uri_;
  const BaseUriValues& environment_;
  // Of the last overlay that speaks of it.
  std::string last_key_;
  overlay::OverlayLog* last_log_ = nullptr;
  std::map<std::string, Value> variables_;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_BASE_URI_OVERLAY_H_
