#include "core/upstream/connect_probe.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <list>
#include <optional>
#include <utility>

#include "core/upstream/curl_easy_options.h"
#include "core/upstream/curl_easy_pool.h"
#include "core/upstream/curl_failure.h"
#include "core/upstream/curl_multi_driver.h"
#include "core/upstream/request_check.h"
#include "core/upstream/trust_bundle.h"

namespace portico::upstream {
namespace {

class CurlConnectProber;
class CurlConnectProbe;

struct Attempt {
  std::list<Attempt>::iterator self;
  CurlConnectProbe* probe = nullptr;  // null once cancelled
  ConnectProber::OnResult on_result;
  CurlEasy easy;
  std::unique_ptr<loop::Timer> refusal;  // when nothing was tried
  std::shared_ptr<const ClientTls> tls;
  std::array<char, CURL_ERROR_SIZE> error{};
};

class CurlConnectProbe : public ConnectProbe {
 public:
  CurlConnectProbe(CurlConnectProber* prober, Attempt* attempt)
      : prober_(prober), attempt_(attempt) {}
  ~CurlConnectProbe() override;
  void Forget() { attempt_ = nullptr; }

 private:
  CurlConnectProber* prober_;
  Attempt* attempt_;
};

class CurlConnectProber : public ConnectProber, public CurlMultiDriver::Listener {
 public:
  CurlConnectProber(loop::EventLoop& loop, TrustBundle trust)
      : loop_(loop), trust_(std::move(trust)), driver_(loop, this, 0) {}

  ~CurlConnectProber() override {
    for (Attempt& attempt : attempts_) attempt.probe->Forget();
    while (!attempts_.empty()) Cancel(attempts_.front());
  }

  std::unique_ptr<ConnectProbe> Start(std::string base_uri, absl::Duration timeout,
                                      OnResult on_result,
                                      std::shared_ptr<const ClientTls> tls) override {
    Attempt& attempt = attempts_.emplace_back();
    attempt.self = std::prev(attempts_.end());
    attempt.on_result = std::move(on_result);
    attempt.tls = std::move(tls);
    auto probe = std::make_unique<CurlConnectProbe>(this, &attempt);
    attempt.probe = probe.get();
    UpstreamRequest request;
    request.method = "GET";
    request.url = std::move(base_uri);
    if (auto problem = RequestProblem(request)) {
      Refuse(attempt, {Failure::kInvalidRequest, *std::move(problem), false});
    } else if (!Prepare(attempt, request.url, timeout)) {
      Refuse(attempt, {Failure::kInternal, "libcurl refuses a probe", false});
    } else {
      driver_.Add(attempt.easy.get());
    }
    return probe;
  }

  void Cancel(Attempt& attempt) {
    if (attempt.easy != nullptr) {
      driver_.Remove(attempt.easy.get());
    } else {
      attempts_.erase(attempt.self);
    }
  }

 private:
  bool Prepare(Attempt& attempt, const std::string& url, absl::Duration timeout) {
    CurlEasy easy(curl_easy_init());
    CURL* const handle = easy.get();
    const auto set = [handle](CURLoption option, auto value) {
      return curl_easy_setopt(handle, option, value) == CURLE_OK;
    };
    const long timeout_ms = TimeoutMillis(std::min(timeout, absl::Minutes(1)));
    if (handle == nullptr || SetConstantOptions(handle, CurlUse::kConnect, trust_) != CURLE_OK ||
        (attempt.tls != nullptr && SetClientTls(handle, *attempt.tls) != CURLE_OK) ||
        driver_.Prepare(handle) != CURLE_OK || !set(CURLOPT_URL, url.c_str()) ||
        !set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1)) ||
        !set(CURLOPT_CONNECTTIMEOUT_MS, timeout_ms) ||
        !set(CURLOPT_ERRORBUFFER, attempt.error.data()) || !set(CURLOPT_PRIVATE, &attempt)) {
      return false;
    }
    attempt.easy = std::move(easy);
    return true;
  }

  static Attempt& Of(CURL* easy) {
    char* attempt = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &attempt);
    return *reinterpret_cast<Attempt*>(attempt);
  }

  void OnFinished(CURL* easy, CURLcode code) override {
    Attempt& attempt = Of(easy);
    ExchangeEnd end;
    end.failure = FailureOf(code, {});
    if (code != CURLE_OK) {
      end.detail = attempt.error[0] != '\0' ? attempt.error.data() : curl_easy_strerror(code);
    }
    attempt.easy = nullptr;  // closes the connection
    End(attempt, std::move(end));
  }

  void OnRemoved(CURL* easy) override { attempts_.erase(Of(easy).self); }

  void Refuse(Attempt& attempt, ExchangeEnd end) {
    attempt.refusal = loop_.After(
        absl::ZeroDuration(),
        [this, &attempt, end = std::move(end)]() mutable { End(attempt, std::move(end)); });
  }

  void End(Attempt& attempt, ExchangeEnd end) {
    attempt.probe->Forget();
    OnResult on_result = std::move(attempt.on_result);
    attempts_.erase(attempt.self);
    std::move(on_result)(std::move(end));
  }

  loop::EventLoop& loop_;
  const TrustBundle trust_;
  CurlMultiDriver driver_;
  std::list<Attempt> attempts_;
};

CurlConnectProbe::~CurlConnectProbe() {
  if (attempt_ != nullptr) prober_->Cancel(*attempt_);
}

}  // namespace

absl::StatusOr<std::unique_ptr<ConnectProber>> MakeConnectProber(loop::EventLoop& loop,
                                                                 const CurlOptions& options) {
  auto trust = TrustBundle::Load(options.ca_file);
  if (!trust.ok()) return trust.status();
  return std::make_unique<CurlConnectProber>(loop, *std::move(trust));
}

}  // namespace portico::upstream
