#include "core/upstream/token_source.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "core/upstream/redact.h"
#include "core/upstream/token_answer.h"

namespace portico::upstream {
namespace {

constexpr std::size_t kMaxAnswer = 64 * 1024;

}  // namespace

// One exchange with the token endpoint.
class TokenSource::Fetch final : private ResponseReceiver {
 public:
  Fetch(TokenSource& source, const TokenRequest& request, std::shared_ptr<const ClientTls> tls)
      : source_(source), url_(UrlForPeople(request.url)) {
    UpstreamRequest sent;
    sent.method = "POST";
    sent.url = request.url;
    sent.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                    {"Accept", "application/json"}};
    sent.secrets = request.secrets;
    sent.body = request.form;
    sent.deadline = absl::Now() + kPatience;
    sent.limits.body_bytes = kMaxAnswer;
    sent.tls = std::move(tls);  // RFC 8705: a token may be bound to the certificate
    exchange_ = source.client_.Start(std::move(sent), this);
  }

  const std::string& url() const { return url_; }

 private:
  void OnHead(ResponseHead head) override { status_ = head.status; }
  Flow OnBody(absl::string_view bytes) override {
    body_.append(bytes.data(), bytes.size());
    return Flow::kContinue;
  }
  void OnEnd(ExchangeEnd end) override { source_.OnFetched(status_, body_, end); }

  TokenSource& source_;
  const std::string url_;
  int status_ = 0;
  std::string body_;
  std::unique_ptr<Exchange> exchange_;
};

TokenSource::TokenSource(UpstreamClient& client, CredentialNow credential, Clock clock)
    : client_(client), credential_(std::move(credential)), clock_(std::move(clock)) {}

TokenSource::~TokenSource() = default;

const Token* TokenSource::Current() const {
  return token_.has_value() && clock_() < expires_ ? &*token_ : nullptr;
}

void TokenSource::Await(Waiter* waiter) {
  if (fetch_ == nullptr) Start();
  waiters_.emplace_back(fetches_, waiter);
}

void TokenSource::Forget(Waiter* waiter) {
  waiters_.remove_if([&](const auto& waiting) { return waiting.second == waiter; });
}

void TokenSource::Discard(std::uint64_t number) {
  if (token_.has_value() && token_->number == number) expires_ = absl::InfinitePast();
}

void TokenSource::Start() {
  ++fetches_;
  const std::shared_ptr<const Credential> credential = credential_();
  // Without one (a secret file went bad) the request is unusable, and the client says so.
  static const TokenRequest kNone;
  fetch_ = std::make_unique<Fetch>(
      *this, credential->token_request.has_value() ? *credential->token_request : kNone,
      credential->tls);
}

void TokenSource::OnFetched(int status, const std::string& body, const ExchangeEnd& end) {
  const std::unique_ptr<Fetch> done = std::move(fetch_);
  const std::uint64_t number = fetches_;
  ExchangeEnd failed = Keep(status, body, end);
  if (failed.failure != Failure::kNone) {
    failed.detail = absl::StrCat(done->url(), " ", failed.detail);
  }
  const std::optional<Token> token = token_;
  // Those who are told may start what waits for the next fetch, or end others' waiting.
  while (!waiters_.empty() && waiters_.front().first == number) {
    Waiter* const waiter = waiters_.front().second;
    waiters_.pop_front();
    if (failed.failure == Failure::kNone) {
      waiter->OnToken(*token);
    } else {
      waiter->OnNoToken(failed);
    }
  }
}

// Why there is no token; kNone when there is.
ExchangeEnd TokenSource::Keep(int status, const std::string& body, const ExchangeEnd& end) {
  if (end.failure != Failure::kNone) {
    return {Failure::kTokenUnavailable,
            absl::StrCat("did not answer: ", FailureName(end.failure),
                         end.detail.empty() ? "" : absl::StrCat(" (", end.detail, ")")),
            false};
  }
  absl::StatusOr<GrantedToken> granted = ReadTokenAnswer(status, body);
  if (!granted.ok()) {
    const bool later = absl::IsUnavailable(granted.status());
    return {later ? Failure::kTokenUnavailable : Failure::kTokenRefused,
            std::string(granted.status().message()), false};
  }
  token_ = Token{absl::StrCat("Bearer ", granted->token), ++number_};
  expires_ = clock_() + UsableFor(granted->lifetime);
  return {};
}

}  // namespace portico::upstream
