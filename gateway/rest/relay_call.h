// One REST call whose response passes through as the upstream sends it: status,
// fields and bytes, in bounded memory both ways.
//
// Loop thread only.
#ifndef PORTICO_GATEWAY_REST_RELAY_CALL_H_
#define PORTICO_GATEWAY_REST_RELAY_CALL_H_

#include <cstdint>
#include <memory>
#include <string>

#include "gateway/http/request_handler.h"
#include "gateway/rest/rest_request.h"

namespace portico::rest {

class RelayCall final : public http::RequestReceiver {
 public:
  // A request's body up to this size is sent by one write, on a kept-open
  // connection; a larger one as it comes, on a connection of its own. One that has to
  // be written anew for the API is collected, whatever its size.
  static constexpr std::size_t kWholeBody = 64 * 1024;

  explicit RelayCall(RestRequest request);

  loop::Flow OnBody(absl::string_view bytes) override;
  void OnBodyEnd() override;
  void OnWritable() override;
  void OnDrain() override {}  // its end is in sight

 private:
  // What the upstream sends.
  class Response final : public upstream::ResponseReceiver {
   public:
    explicit Response(RelayCall& call) : call_(call) {}
    void OnHead(upstream::ResponseHead head) override;
    upstream::Flow OnBody(absl::string_view bytes) override;
    void OnSendable() override;
    void OnEnd(upstream::ExchangeEnd end) override;

   private:
    RelayCall& call_;
  };

  void Start();
  void StartStreaming();
  void End(const invoke::CallError& error);

  RestRequest request_;
  Response response_{*this};
  std::unique_ptr<upstream::Exchange> exchange_;
  std::string body_;  // of the request, until it is sent
  std::uint64_t body_bytes_ = 0;
  bool streaming_body_ = false;
  bool answering_ = false;  // the response has begun
  bool ended_ = false;      // and is over
};

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_RELAY_CALL_H_
