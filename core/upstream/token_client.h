// An UpstreamClient that sends each request with the token of a TokenSource, waiting for
// it where it has to be fetched. A 401 brings one new token and one more try, unless the
// body was a stream, of which nothing is kept; then the next request gets the new token.
//
// A request with an Authorization header of its own goes as it is. The body of a stream
// that waits for the token is kept within Exchange::kUnsentBytes.
//
// Loop thread only. Loop, client and source must outlive it and its exchanges.
#ifndef PORTICO_CORE_UPSTREAM_TOKEN_CLIENT_H_
#define PORTICO_CORE_UPSTREAM_TOKEN_CLIENT_H_

#include <memory>

#include "core/loop/event_loop.h"
#include "core/upstream/token_source.h"
#include "core/upstream/upstream_client.h"

namespace portico::upstream {

class TokenClient final : public UpstreamClient {
 public:
  TokenClient(loop::EventLoop& loop, UpstreamClient& client, TokenSource& source)
      : loop_(loop), client_(client), source_(source) {}

  std::unique_ptr<Exchange> Start(UpstreamRequest request, ResponseReceiver* receiver) override;

 private:
  class Authorized;

  loop::EventLoop& loop_;
  UpstreamClient& client_;
  TokenSource& source_;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_TOKEN_CLIENT_H_
