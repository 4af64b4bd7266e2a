#include "core/upstream/token_client.h"

#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/match.h"

namespace portico::upstream {
namespace {

// Keeps what is started; the test answers by hand.
class FakeClient final : public UpstreamClient {
 public:
  struct Started {
    UpstreamRequest request;
    ResponseReceiver* receiver;
    std::string sent = {};
    bool closed = false;
  };

  std::unique_ptr<Exchange> Start(UpstreamRequest request, ResponseReceiver* receiver) override {
    started_.push_back(std::make_unique<Started>(Started{std::move(request), receiver}));
    return std::make_unique<FakeExchange>(*started_.back());
  }

  std::size_t count() const { return started_.size(); }
  Started& at(std::size_t i) { return *started_.at(i); }
  void Answer(std::size_t i, int status, const std::string& body) {
    ResponseReceiver* receiver = at(i).receiver;
    ResponseHead head;
    head.status = status;
    receiver->OnHead(head);
    if (at(i).closed) return;
    if (!body.empty()) receiver->OnBody(body);
    receiver->OnEnd({});
  }

 private:
  class FakeExchange final : public Exchange {
   public:
    explicit FakeExchange(Started& started) : started_(started) {}
    ~FakeExchange() override { started_.closed = true; }
    void Resume() override {}
    Flow Send(absl::string_view bytes) override {
      started_.sent.append(bytes.data(), bytes.size());
      return Flow::kContinue;
    }
    void FinishBody() override { started_.sent += "."; }

   private:
    Started& started_;
  };

  std::vector<std::unique_ptr<Started>> started_;
};

class Recorder final : public ResponseReceiver {
 public:
  void OnHead(ResponseHead head) override { status = head.status; }
  Flow OnBody(absl::string_view) override { return Flow::kContinue; }
  void OnSendable() override { ++sendable; }
  void OnEnd(ExchangeEnd ended) override {
    ++ends;
    end = std::move(ended);
    exchange.reset();
  }
  int status = 0;
  int sendable = 0;
  int ends = 0;
  ExchangeEnd end;
  std::unique_ptr<Exchange> exchange;
};

class TokenClientTest : public testing::Test {
 protected:
  TokenClientTest() {
    credential_.token_request =
        TokenRequest{"https://auth.example/token?x=1", {{"Authorization", "Basic s3cret"}}, "form"};
  }

  void Start(Recorder& recorder, bool body_stream = false) {
    UpstreamRequest request;
    request.method = "POST";
    request.url = "https://api.example/tasks";
    request.deadline = deadline_;
    if (body_stream) {
      request.body_stream = BodyStream{};
    } else {
      request.body = "{}";
    }
    recorder.exchange = tokens_.Start(std::move(request), &recorder);
  }

  std::string AuthorizationOf(std::size_t i) {
    for (const Header& header : client_.at(i).request.secrets) {
      if (header.name == "Authorization") return header.value;
    }
    return "";
  }

  static std::string Granted(const char* token) {
    return std::string(R"({"access_token":")") + token + R"(","expires_in":100})";
  }

  loop::EventLoop loop_;
  FakeClient client_;
  Credential credential_;
  absl::Time now_ = absl::UnixEpoch();
  absl::Time deadline_ = absl::InfiniteFuture();
  TokenSource source_{
      client_,
      [this] { return std::shared_ptr<const Credential>(std::shared_ptr<void>(), &credential_); },
      [this] { return now_; }};
  TokenClient tokens_{loop_, client_, source_};
  Recorder one_, two_, three_;
};

TEST_F(TokenClientTest, OneFetchServesAllWhoWaitAndThoseAfter) {
  Start(one_);
  Start(two_);
  ASSERT_EQ(client_.count(), 1u);
  EXPECT_EQ(client_.at(0).request.method, "POST");
  EXPECT_EQ(client_.at(0).request.url, "https://auth.example/token?x=1");
  EXPECT_EQ(client_.at(0).request.body, "form");
  EXPECT_EQ(AuthorizationOf(0), "Basic s3cret");
  client_.Answer(0, 200, Granted("t1"));
  Start(three_);
  ASSERT_EQ(client_.count(), 4u);
  for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(AuthorizationOf(i), "Bearer t1");
  client_.Answer(1, 200, "");
  EXPECT_EQ(one_.status, 200);
  EXPECT_EQ(one_.ends, 1);
}

TEST_F(TokenClientTest, ATokenIsFetchedAnewShortlyBeforeItExpires) {
  Start(one_);
  client_.Answer(0, 200, Granted("t1"));
  now_ += absl::Seconds(89);
  Start(two_);
  EXPECT_EQ(AuthorizationOf(2), "Bearer t1");
  now_ += absl::Seconds(1);
  Start(three_);
  ASSERT_EQ(client_.count(), 4u);
  EXPECT_EQ(client_.at(3).request.body, "form");
}

TEST_F(TokenClientTest, A401BringsOneNewTokenAndOneMoreTry) {
  Start(one_);
  client_.Answer(0, 200, Granted("t1"));
  client_.Answer(1, 401, "");
  EXPECT_EQ(one_.status, 0);
  ASSERT_EQ(client_.count(), 3u);
  client_.Answer(2, 200, Granted("t2"));
  ASSERT_EQ(client_.count(), 4u);
  EXPECT_EQ(AuthorizationOf(3), "Bearer t2");
  EXPECT_EQ(client_.at(3).request.body, "{}");
  client_.Answer(3, 401, "no");
  EXPECT_EQ(one_.status, 401);
  EXPECT_EQ(one_.ends, 1);
  EXPECT_EQ(client_.count(), 4u);
}

TEST_F(TokenClientTest, ManyRefusedByOneTokenFetchOnce) {
  Start(one_);
  Start(two_);
  client_.Answer(0, 200, Granted("t1"));
  client_.Answer(1, 401, "");
  client_.Answer(2, 401, "");
  ASSERT_EQ(client_.count(), 4u);
  client_.Answer(3, 200, Granted("t2"));
  ASSERT_EQ(client_.count(), 6u);
  EXPECT_EQ(AuthorizationOf(5), "Bearer t2");
}

TEST_F(TokenClientTest, ABodyThatCameAsAStreamIsNotSentTwice) {
  Start(one_, /*body_stream=*/true);
  EXPECT_EQ(one_.exchange->Send("abc"), Flow::kContinue);
  EXPECT_EQ(one_.exchange->Send(std::string(Exchange::kUnsentBytes, 'x')), Flow::kPause);
  one_.exchange->FinishBody();
  client_.Answer(0, 200, Granted("t1"));
  EXPECT_EQ(client_.at(1).sent.size(), 3 + Exchange::kUnsentBytes + 1);
  EXPECT_TRUE(absl::StartsWith(client_.at(1).sent, "abcx"));
  EXPECT_EQ(client_.at(1).sent.back(), '.');
  EXPECT_EQ(one_.sendable, 1);
  client_.Answer(1, 401, "");
  EXPECT_EQ(one_.status, 401);
  Start(two_);
  EXPECT_EQ(client_.at(2).request.body, "form");
}

TEST_F(TokenClientTest, ARefusalEndsTheCallAndNamesNoSecret) {
  Start(one_);
  client_.Answer(0, 401, R"({"error":"invalid_client"})");
  EXPECT_EQ(one_.end.failure, Failure::kTokenRefused);
  EXPECT_EQ(one_.end.detail, "https://auth.example/token answered 401 (invalid_client)");
  EXPECT_FALSE(one_.end.request_sent);
  Start(two_);  // the next call asks again
  EXPECT_EQ(client_.count(), 2u);
}

TEST_F(TokenClientTest, AServerThatCannotBeReachedIsUnavailable) {
  Start(one_);
  client_.at(0).receiver->OnEnd({Failure::kConnect, "refused", false});
  EXPECT_EQ(one_.end.failure, Failure::kTokenUnavailable);
  EXPECT_EQ(one_.end.detail, "https://auth.example/token did not answer: connect (refused)");
}

TEST_F(TokenClientTest, ACancelledCallHearsNothingMore) {
  Start(one_);
  Start(two_);
  one_.exchange.reset();
  client_.Answer(0, 200, Granted("t1"));
  EXPECT_EQ(client_.count(), 2u);
  EXPECT_EQ(one_.ends, 0);
}

TEST_F(TokenClientTest, TheCallersDeadlineCoversTheWait) {
  deadline_ = absl::Now() + absl::Milliseconds(1);
  Start(one_);
  auto stop = loop_.After(absl::Milliseconds(50), [this] { loop_.Stop(); });
  loop_.Run();
  EXPECT_EQ(one_.end.failure, Failure::kDeadline);
  client_.Answer(0, 200, Granted("t1"));
  EXPECT_EQ(client_.count(), 1u);
}

TEST_F(TokenClientTest, ACallersOwnAuthorizationNeedsNoToken) {
  UpstreamRequest request;
  request.headers = {{"authorization", "Bearer mine"}};
  one_.exchange = tokens_.Start(std::move(request), &one_);
  ASSERT_EQ(client_.count(), 1u);
  EXPECT_EQ(AuthorizationOf(0), "");
}

}  // namespace
}  // namespace portico::upstream
