#include "demo/demo.h"

#include <functional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "demo/backstage_scaffolder.h"
#include "demo/http_server.h"
#include "demo/northflank_api.h"
#include "demo/render_api.h"

namespace portico::demo {
namespace {

// A handler that hands on to `api`, which must outlive it.
template <typename Api>
Handler HandlerOf(Api* api) {
  return [api](const Request& request, std::unique_ptr<Exchange> exchange) {
    api->Handle(request, std::move(exchange));
  };
}

class RunningDemo : public Demo {
 public:
  explicit RunningDemo(const DemoOptions& options)
      : server_(options.time_scale),
        backstage_(options, &server_.schedule()),
        render_(options, &server_.schedule()),
        northflank_(options) {}
  ~RunningDemo() override { server_.Stop(); }  // before the stand-ins go

  absl::Status Listen() {
    const struct {
      const char* name;
      const char* path;
      Handler handler;
    } apis[] = {
        {"scaffolder-tasks", "/api/scaffolder", HandlerOf(&backstage_)},
        {"render-workflow-tasks-beta", "/v1", HandlerOf(&render_)},
        {"northflank-jobs", "/v1", HandlerOf(&northflank_)},
    };
    for (const auto& api : apis) {
      const auto port = server_.Listen(api.handler);
      if (!port.ok()) return port.status();
      base_uris_.emplace_back(api.name, absl::StrCat("http://127.0.0.1:", *port, api.path));
    }
    server_.Start();
    return absl::OkStatus();
  }

  std::vector<std::pair<std::string, std::string>> base_uris() const override { return base_uris_; }

 private:
  HttpServer server_;
  BackstageScaffolder backstage_;
  RenderApi render_;
  NorthflankApi northflank_;
  std::vector<std::pair<std::string, std::string>> base_uris_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Demo>> Demo::Start(const DemoOptions& options) {
  if (!(options.time_scale > 0)) {
    return absl::InvalidArgumentError(
        absl::StrCat("demo: time_scale is ", options.time_scale, ", but must be above 0"));
  }
  if (options.token.empty()) return absl::InvalidArgumentError("demo: the token is empty");
  auto demo = std::make_unique<RunningDemo>(options);
  if (absl::Status status = demo->Listen(); !status.ok()) return status;
  return demo;
}

}  // namespace portico::demo
