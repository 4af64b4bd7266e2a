// The APIs of a Plan as one event loop calls them: each one's credential, client, fetched
// token and health, and how many calls are under way.
//
// Threads: the loop's only. What it is made of must outlive it, and it the calls.
#ifndef PORTICO_CORE_INVOKE_CALLED_UPSTREAMS_H_
#define PORTICO_CORE_INVOKE_CALLED_UPSTREAMS_H_

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "core/loop/event_loop.h"
#include "core/plan/plan.h"
#include "core/upstream/credentials.h"
#include "core/upstream/token_client.h"
#include "core/upstream/token_source.h"
#include "core/upstream/upstream_client.h"
#include "core/upstream/upstream_health.h"

namespace portico::invoke {

class CalledUpstreams {
 public:
  CalledUpstreams(loop::EventLoop& loop, const plan::Plan& plan,
                  const upstream::Credentials& credentials, upstream::UpstreamClient& client,
                  upstream::UpstreamHealth& health);

  // What follows is by the index in Plan::upstreams().

  std::shared_ptr<const upstream::Credential> CredentialOf(std::size_t upstream) const {
    return credentials_.ForUpstream(upstream);
  }
  // The client that brings a call there: with a token where one is fetched.
  upstream::UpstreamClient& ClientOf(std::size_t upstream);
  // The last one that was fetched; null when none was.
  const upstream::Token* TokenOf(std::size_t upstream) const;
  // How an exchange ended: with any response, it was reached.
  void Report(std::size_t upstream, bool reached, upstream::Failure failure) {
    health_.Report(upstream, reached ? upstream::Failure::kNone : failure);
  }

  // Counts a call for as long as it lives.
  class UnderWay {
   public:
    explicit UnderWay(CalledUpstreams& upstreams) : count_(upstreams.in_flight_) { ++count_; }
    ~UnderWay() { --count_; }
    UnderWay(const UnderWay&) = delete;
    UnderWay& operator=(const UnderWay&) = delete;

   private:
    std::size_t& count_;
  };
  std::size_t in_flight() const { return in_flight_; }

 private:
  // Of an upstream whose token is fetched.
  struct Tokens {
    Tokens(loop::EventLoop& loop, upstream::UpstreamClient& client,
           upstream::TokenSource::CredentialNow credential)
        : source(client, std::move(credential)), client(loop, client, source) {}
    upstream::TokenSource source;
    upstream::TokenClient client;
  };

  const upstream::Credentials& credentials_;
  upstream::UpstreamClient& client_;
  upstream::UpstreamHealth& health_;
  std::vector<std::unique_ptr<Tokens>> tokens_;  // null for most
  std::size_t in_flight_ = 0;
};

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_CALLED_UPSTREAMS_H_
