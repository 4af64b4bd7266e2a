#include "core/upstream/curl_client.h"

#include <curl/curl.h>

#include <list>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "core/upstream/curl_easy_options.h"
#include "core/upstream/curl_easy_pool.h"
#include "core/upstream/curl_multi_driver.h"
#include "core/upstream/curl_transfer.h"
#include "core/upstream/curl_url.h"
#include "core/upstream/host_queue.h"
#include "core/upstream/http2_reset.h"
#include "core/upstream/request_check.h"
#include "core/upstream/trust_bundle.h"

namespace portico::upstream {
namespace {

constexpr long kMaxIdleConnections = 1024;
constexpr std::size_t kMaxIdleHandles = 256;

// A stream that is older waits for events: what only sending needed is given back.
constexpr absl::Duration kTrimAfter = absl::Milliseconds(200);

// Where deadlines are our own, libcurl's limit only stands behind them.
constexpr absl::Duration kBehindDeadline = absl::Seconds(1);

class CurlClient;
class CurlExchange;

// A transfer in the client's list, with what the client knows of it.
struct Entry : CurlTransfer {
  using CurlTransfer::CurlTransfer;

  std::list<Entry>::iterator self;
  CurlExchange* exchange = nullptr;  // null once cancelled
  // Not running: an end that is due. Running: the deadline (HTTP/2), trimming (streams).
  std::unique_ptr<loop::Timer> timer;
  std::optional<ExchangeEnd> due;  // to be told once the handle is removed
  bool queued = false;             // has a place in the host queue

 private:
  void OnUploadOver() override;
};

class CurlExchange : public Exchange {
 public:
  CurlExchange(CurlClient* client, Entry* entry) : client_(client), entry_(entry) {}
  ~CurlExchange() override;
  void Resume() override;
  Flow Send(absl::string_view bytes) override;
  void FinishBody() override;
  // The exchange is over: nothing is left to cancel.
  void Forget() { entry_ = nullptr; }
  CurlClient* client() { return client_; }

 private:
  CurlClient* client_;
  Entry* entry_;
};

class CurlClient : public UpstreamClient, public CurlMultiDriver::Listener {
 public:
  CurlClient(loop::EventLoop& loop, const CurlOptions& options, TrustBundle trust)
      : loop_(loop),
        options_(options),
        trust_(std::move(trust)),
        unary_(loop, this, kMaxIdleConnections),
        streams_(loop, this, 0),
        unary_handles_(kMaxIdleHandles,
                       [this](CURL* easy) { return Prepare(easy, CurlUse::kUnary, unary_); }),
        relay_handles_(kMaxIdleHandles,
                       [this](CURL* easy) { return Prepare(easy, CurlUse::kRelay, unary_); }),
        stream_handles_(0,
                        [this](CURL* easy) { return Prepare(easy, CurlUse::kStream, streams_); }),
        queue_(options.max_host_connections) {}

  ~CurlClient() override {
    closing_ = true;
    for (std::list<Entry>* entries : {&unary_entries_, &stream_entries_}) {
      for (Entry& entry : *entries) {
        if (entry.exchange != nullptr) entry.exchange->Forget();
        if (entry.easy() != nullptr) Remove(entry);
      }
    }
  }

  std::unique_ptr<Exchange> Start(UpstreamRequest request, ResponseReceiver* receiver) override {
    std::list<Entry>& entries = request.stream ? stream_entries_ : unary_entries_;
    Entry& entry = entries.emplace_back(std::move(request), receiver);
    entry.self = std::prev(entries.end());
    auto exchange = std::make_unique<CurlExchange>(this, &entry);
    entry.exchange = exchange.get();
    if (auto problem = RequestProblem(entry.request())) {
      EndSoon(entry, {Failure::kInvalidRequest, *std::move(problem), false});
    } else if (entry.request().stream) {
      Launch(entry);
    } else {
      entry.queued = true;
      if (queue_.Enter(entry.request().url, &entry)) {
        Launch(entry);
      } else {
        EndAfter(entry, Remaining(entry), {Failure::kDeadline, kWaited, false});
      }
    }
    return exchange;
  }

  void Cancel(Entry& entry) {
    entry.Mute();
    entry.exchange = nullptr;
    if (entry.easy() != nullptr) {
      Remove(entry);
    } else {
      Drop(entry);
    }
  }

  void Resume(Entry& entry) {
    if (entry.Resume()) DriverOf(entry).Unpause(entry.easy());
  }

  // There are bytes, or no more are wanted.
  void WakeUpload(Entry& entry) { DriverOf(entry).Unpause(entry.easy()); }

 private:
  static constexpr char kWaited[] =
      "the deadline passed while waiting for other calls to the same upstream";

  CURLcode Prepare(CURL* easy, CurlUse use, CurlMultiDriver& driver) {
    CurlTransfer::Prepare(easy);
    const CURLcode code = SetConstantOptions(easy, use, trust_);
    return code != CURLE_OK ? code : driver.Prepare(easy);
  }

  CurlEasyPool& HandlesFor(const UpstreamRequest& request) {
    if (request.stream) return stream_handles_;
    return request.keep_encoding ? relay_handles_ : unary_handles_;
  }

  CurlMultiDriver& DriverOf(const Entry& entry) {
    return entry.request().stream ? streams_ : unary_;
  }

  static absl::Duration Remaining(const Entry& entry) {
    return entry.request().deadline - absl::Now();
  }

  void Launch(Entry& entry) {
    entry.timer = nullptr;
    const absl::Duration remaining = Remaining(entry);
    if (remaining <= absl::ZeroDuration()) {
      return EndSoon(
          entry, {Failure::kDeadline, "the deadline passed before the request was sent", false});
    }
    CurlEasy easy = HandlesFor(entry.request()).Take();
    if (easy == nullptr) {
      return EndSoon(entry, {Failure::kInternal, "libcurl gives no handle", false});
    }
    const bool own_deadline = MayBeHttp2(entry);
    const CURLcode code = entry.Attach(std::move(easy), urls_.Of(entry.request().url), options_,
                                       own_deadline ? remaining + kBehindDeadline : remaining);
    if (code != CURLE_OK) {
      entry.Detach();
      return EndSoon(entry, {Failure::kInternal, curl_easy_strerror(code), false});
    }
    if (own_deadline && remaining != absl::InfiniteDuration()) {
      entry.timer = loop_.After(remaining, [this, &entry] { Expire(entry); });
    } else if (entry.request().stream) {
      TrimLater(entry);
    }
    DriverOf(entry).Add(entry.easy());
  }

  bool MayBeHttp2(const Entry& entry) const {
    return options_.http2 && entry.https() && !entry.request().stream &&
           !entry.request().body_stream;
  }

  void Remove(Entry& entry) {
    CloseUnlessShared(entry.easy());
    DriverOf(entry).Remove(entry.easy());
  }

  // The deadline, where libcurl's own would leave the upstream at work.
  void Expire(Entry& entry) {
    entry.due = ExchangeEnd{Failure::kDeadline, "the deadline passed", entry.RequestSent()};
    Remove(entry);
  }

  void TrimLater(Entry& entry) {
    entry.timer = loop_.After(kTrimAfter, [this, &entry] {
      if (entry.TrimAfterSending()) {
        entry.timer = nullptr;
      } else {
        TrimLater(entry);
      }
    });
  }

  // Lets the upstream hear of a transfer that ended early on a shared connection.
  void FlushReset(const Entry& ended) {
    if (closing_ || !MayBeHttp2(ended)) return;
    const long connection = ConnectionOf(ended.easy());
    if (connection == 0) return;
    for (Entry& entry : unary_entries_) {
      const bool shares = entry.easy() != nullptr && &entry != &ended && !entry.held_back() &&
                          ConnectionOf(entry.easy()) == connection;
      if (shares && FlushThrough(entry.easy())) return;
    }
  }

  void OnFinished(CURL* easy, CURLcode code) override {
    Entry& entry = *static_cast<Entry*>(CurlTransfer::Of(easy));
    ExchangeEnd end = entry.End(code);
    if (code != CURLE_OK) FlushReset(entry);
    CurlEasy handle = entry.Detach();
    // After a failure a handle's state is libcurl's guess; a new one is cheap.
    const bool ordinary = entry.request().tls == nullptr;
    if (code == CURLE_OK && ordinary) HandlesFor(entry.request()).Return(std::move(handle));
    End(entry, std::move(end));
  }

  void OnRemoved(CURL* easy) override {
    Entry& entry = *static_cast<Entry*>(CurlTransfer::Of(easy));
    FlushReset(entry);
    entry.Detach();
    if (closing_) return;
    if (entry.due) {
      End(entry, *std::move(entry.due));
    } else {
      Drop(entry);
    }
  }

  void EndSoon(Entry& entry, ExchangeEnd end) {
    EndAfter(entry, absl::ZeroDuration(), std::move(end));
  }

  void EndAfter(Entry& entry, absl::Duration delay, ExchangeEnd end) {
    entry.timer = loop_.After(
        delay, [this, &entry, end = std::move(end)]() mutable { End(entry, std::move(end)); });
  }

  // Tells the receiver, last of all: it may do anything but destroy the client.
  void End(Entry& entry, ExchangeEnd end) {
    ResponseReceiver* const receiver = entry.receiver();
    if (entry.exchange != nullptr) entry.exchange->Forget();
    Drop(entry);
    if (receiver != nullptr) receiver->OnEnd(std::move(end));
  }

  // Forgets the entry; the next in its host's queue moves up.
  void Drop(Entry& entry) {
    HostQueue::Ticket* const next = entry.queued ? queue_.Leave(&entry) : nullptr;
    (entry.request().stream ? stream_entries_ : unary_entries_).erase(entry.self);
    if (next != nullptr) Launch(*static_cast<Entry*>(next));
  }

  loop::EventLoop& loop_;
  const CurlOptions options_;
  const TrustBundle trust_;
  bool closing_ = false;
  CurlMultiDriver unary_;
  CurlMultiDriver streams_;
  CurlEasyPool unary_handles_;
  CurlEasyPool relay_handles_;   // of requests that keep the encoding
  CurlEasyPool stream_handles_;  // keeps none
  HostQueue queue_;
  CurlUrls urls_;
  std::list<Entry> unary_entries_;
  std::list<Entry> stream_entries_;
};

CurlExchange::~CurlExchange() {
  if (entry_ != nullptr) client_->Cancel(*entry_);
}

void CurlExchange::Resume() {
  if (entry_ != nullptr) client_->Resume(*entry_);
}

Flow CurlExchange::Send(absl::string_view bytes) {
  CurlUpload* const upload = entry_ == nullptr ? nullptr : entry_->upload();
  if (upload == nullptr) return Flow::kContinue;
  const Flow flow = upload->Add(bytes);
  if (upload->TakeStarved()) client_->WakeUpload(*entry_);
  return flow;
}

void CurlExchange::FinishBody() {
  CurlUpload* const upload = entry_ == nullptr ? nullptr : entry_->upload();
  if (upload == nullptr) return;
  upload->Finish();
  if (upload->TakeStarved()) client_->WakeUpload(*entry_);
}

void Entry::OnUploadOver() {
  if (exchange != nullptr) exchange->client()->WakeUpload(*this);
}

}  // namespace

absl::Status InitializeCurl() {
  if (curl_global_init(CURL_GLOBAL_ALL) != CURLE_OK) {
    return absl::FailedPreconditionError("libcurl cannot be initialised");
  }
  const curl_version_info_data& have = *curl_version_info(CURLVERSION_NOW);
  const auto refuse = [&](absl::string_view why) {
    return absl::FailedPreconditionError(absl::StrCat("libcurl ", have.version, " ", why));
  };
  if (have.version_num < 0x075700) return refuse("is too old: 7.87 or later is needed");
  // With 7.87.0 curl_multi_socket_action stalls.
  if (have.version_num == 0x075700) return refuse("is broken: use 7.88 or later");
  constexpr int kNeeded = CURL_VERSION_SSL | CURL_VERSION_LIBZ | CURL_VERSION_ASYNCHDNS;
  if ((have.features & kNeeded) != kNeeded) {
    return refuse("was built without TLS, gzip or asynchronous DNS");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<UpstreamClient>> MakeCurlClient(loop::EventLoop& loop,
                                                               const CurlOptions& options) {
  auto trust = TrustBundle::Load(options.ca_file);
  if (!trust.ok()) return trust.status();
  return std::make_unique<CurlClient>(loop, options, *std::move(trust));
}

}  // namespace portico::upstream
