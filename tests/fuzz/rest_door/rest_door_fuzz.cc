// Whatever a caller asks of the REST door and whatever an upstream answers, each
// request gets one response, begun once and ended once; and what goes upstream is
// a request that an HTTP client may send.
//
// The input's lines: method, target, header fields up to an empty line, the
// request's body up to a line "--", the upstream's status, its content type, its body.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/access/access_control.h"
#include "core/invoke/invoker.h"
#include "core/loop/event_loop.h"
#include "core/plan/token.h"
#include "core/upstream/credentials.h"
#include "core/upstream/request_check.h"
#include "core/upstream/upstream_health.h"
#include "gateway/rest/rest_door.h"
#include "server/plan_loader.h"

namespace {

using namespace portico;  // NOLINT(build/namespaces): most of it is used

void Require(bool holds) {
  if (!holds) std::abort();
}

absl::string_view TakeLine(absl::string_view* rest) {
  const absl::string_view line = rest->substr(0, rest->find('\n'));
  rest->remove_prefix(std::min(rest->size(), line.size() + 1));
  return line;
}

// Hands over the receiver; the input plays the upstream.
class InputClient final : public upstream::UpstreamClient {
 public:
  std::unique_ptr<upstream::Exchange> Start(upstream::UpstreamRequest request,
                                            upstream::ResponseReceiver* started) override {
    Require(!upstream::RequestProblem(request).has_value());
    Require(absl::StartsWith(request.url, "https://"));
    receiver = started;
    return std::make_unique<InputExchange>(*this);
  }
  upstream::ResponseReceiver* receiver = nullptr;

 private:
  class InputExchange final : public upstream::Exchange {
   public:
    explicit InputExchange(InputClient& client) : client_(client) {}
    ~InputExchange() override { client_.receiver = nullptr; }
    void Resume() override {}
    upstream::Flow Send(absl::string_view) override { return upstream::Flow::kContinue; }
    void FinishBody() override {}

   private:
    InputClient& client_;
  };
};

class CountingWriter final : public http::ResponseWriter {
 public:
  void Respond(const http::ResponseHead& head, absl::string_view) override {
    Start(head);
    End();
  }
  void Start(const http::ResponseHead& head) override {
    Require(!begun && head.status() >= 200 && head.status() <= 999);
    begun = true;
  }
  void Flush() override { Require(begun); }
  upstream::Flow Write(absl::string_view) override {
    Require(begun && !ended);
    return upstream::Flow::kContinue;
  }
  void End() override {
    Require(begun && !ended);
    ended = true;
  }
  void Abort() override { End(); }
  void ResumeBody() override {}
  bool begun = false;
  bool ended = false;
};

class NoPages final : public rest::FixedPages {
 public:
  bool Serve(const http::RequestHead&, absl::string_view, http::ResponseWriter*) const override {
    return false;
  }
};

// A door over the built-in capabilities, made once.
struct House {
  House() : plan(server::LoadPlan({}, &findings)) {}

  capability::Findings findings;
  loop::EventLoop loop;
  std::shared_ptr<const plan::Plan> plan;
  upstream::Credentials credentials{plan->upstreams(), [](const std::string&) { return "key"; }};
  upstream::UpstreamHealth health{plan->upstreams().size(), [](std::size_t) {}};
  InputClient client;
  invoke::Invoker invoker{loop, *plan, credentials, client, health, {}};
  access::AccessControl access{*plan, [](const std::string&) { return "key"; }};
  rest::Routes routes{*plan, access};
  NoPages pages;
  rest::RestDoor door{loop, {&invoker, &routes, &pages, nullptr}, {.max_body_bytes = 1000}};
};

// The listener's promises (gateway/http/request_head.h) are kept; the rest is free.
std::optional<http::RequestHead> ReadHead(absl::string_view* input) {
  http::RequestHead head;
  head.method = TakeLine(input);
  head.target = TakeLine(input);
  head.host = "localhost";
  if (!plan::IsToken(head.method) || !absl::StartsWith(head.target, "/")) return std::nullopt;
  for (const char c : head.target) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f') return std::nullopt;
  }
  for (absl::string_view line = TakeLine(input); !line.empty(); line = TakeLine(input)) {
    const std::size_t colon = line.find(':');
    const absl::string_view name = line.substr(0, colon);
    if (colon == absl::string_view::npos || !plan::IsToken(name)) return std::nullopt;
    if (line.find_first_of(absl::string_view("\r\0", 2)) != absl::string_view::npos) {
      return std::nullopt;
    }
    head.fields.push_back({name, absl::StripAsciiWhitespace(line.substr(colon + 1))});
  }
  return head;
}

void Answer(upstream::ResponseReceiver* receiver, const InputClient& client,
            absl::string_view input) {
  int status = 0;
  if (!absl::SimpleAtoi(TakeLine(&input), &status) || status < 200 || status > 999) status = 200;
  const std::string type(TakeLine(&input));
  receiver->OnHead({status, {{"Content-Type", type}}});
  for (; !input.empty() && client.receiver != nullptr;
       input.remove_prefix(std::min<std::size_t>(7, input.size()))) {
    receiver->OnBody(input.substr(0, 7));
  }
  if (client.receiver == nullptr) return;
  const bool broken = status % 2 == 1;
  receiver->OnEnd(
      {broken ? upstream::Failure::kConnectionLost : upstream::Failure::kNone, "", true});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static House& house = *new House();
  absl::string_view input(reinterpret_cast<const char*>(data), size);
  std::optional<http::RequestHead> head = ReadHead(&input);
  if (!head.has_value()) return 0;
  const std::size_t end = input.find("\n--\n");
  const absl::string_view body =
      end == absl::string_view::npos ? absl::string_view() : input.substr(0, end);
  if (end != absl::string_view::npos) input.remove_prefix(end + 4);
  head->has_body = !body.empty();
  if (body.size() % 2 == 0) head->content_length = body.size();

  CountingWriter writer;
  house.client.receiver = nullptr;
  auto receiver = house.door.Begin(*head, &writer);
  if (receiver == nullptr) {
    Require(writer.ended);
    return 0;
  }
  for (std::size_t at = 0; at < body.size() && !writer.ended; at += 5) {
    receiver->OnBody(body.substr(at, 5));
  }
  if (!writer.ended) receiver->OnBodyEnd();
  if (house.client.receiver != nullptr) Answer(house.client.receiver, house.client, input);
  Require(writer.ended);
  return 0;
}
