#include "server/document_source.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "core/loop/event_loop.h"
#include "core/upstream/curl_client.h"
#include "core/upstream/upstream_client.h"

namespace portico::server {
namespace {

constexpr absl::Duration kPatience = absl::Minutes(1);

// Keeps the one answer and ends the loop.
class Download : public upstream::ResponseReceiver {
 public:
  explicit Download(loop::EventLoop* loop) : loop_(loop) {}

  void OnHead(upstream::ResponseHead head) override { head_ = std::move(head); }
  upstream::Flow OnBody(absl::string_view bytes) override {
    text_.append(bytes.data(), bytes.size());
    return upstream::Flow::kContinue;
  }
  void OnEnd(upstream::ExchangeEnd end) override {
    end_ = std::move(end);
    loop_->Stop();
  }

  absl::StatusOr<std::string> Take() {
    if (end_.failure != upstream::Failure::kNone) {
      return absl::UnavailableError(
          absl::StrCat("cannot be fetched: ", upstream::FailureName(end_.failure),
                       end_.detail.empty() ? "" : ": ", end_.detail));
    }
    if (head_.status == 200) return std::move(text_);
    const std::string* location = head_.Find("location");
    return absl::UnavailableError(absl::StrCat(
        "answered ", head_.status,
        location == nullptr ? "" : absl::StrCat("; the document moved to ", *location)));
  }

 private:
  loop::EventLoop* loop_;
  upstream::ResponseHead head_;
  upstream::ExchangeEnd end_;
  std::string text_;
};

absl::StatusOr<std::string> Fetch(const std::string& url, const upstream::CurlOptions& options) {
  if (const absl::Status ready = upstream::InitializeCurl(); !ready.ok()) return ready;
  loop::EventLoop loop;
  auto client = upstream::MakeCurlClient(loop, options);
  if (!client.ok()) return client.status();
  Download download(&loop);
  upstream::UpstreamRequest request;
  request.method = "GET";
  request.url = url;
  request.headers = {{"Accept", "application/json, application/yaml, */*"}};
  request.deadline = absl::Now() + kPatience;
  request.limits.body_bytes = kMaxDocumentBytes;
  const auto exchange = (*client)->Start(std::move(request), &download);
  loop.Run();
  return download.Take();
}

}  // namespace

bool IsUrl(absl::string_view source) {
  return absl::StartsWith(source, "http://") || absl::StartsWith(source, "https://");
}

absl::StatusOr<std::string> ReadSource(const std::string& source,
                                       const upstream::CurlOptions& options) {
  if (IsUrl(source)) return Fetch(source, options);
  std::ifstream stream(source, std::ios::binary);
  if (!stream || std::filesystem::is_directory(source)) {
    return absl::NotFoundError("cannot be read: does it exist, and may this user read it?");
  }
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

}  // namespace portico::server
