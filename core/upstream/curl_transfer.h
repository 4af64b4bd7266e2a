// One exchange: its request, and libcurl's callbacks turned into a receiver's.
//
// Loop thread only. libcurl holds pointers into it from Attach to Detach.
#ifndef PORTICO_CORE_UPSTREAM_CURL_TRANSFER_H_
#define PORTICO_CORE_UPSTREAM_CURL_TRANSFER_H_

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "core/upstream/curl_easy_pool.h"
#include "core/upstream/curl_header_lines.h"
#include "core/upstream/curl_options.h"
#include "core/upstream/curl_upload.h"
#include "core/upstream/curl_url.h"
#include "core/upstream/host_queue.h"
#include "core/upstream/response_head_reader.h"
#include "core/upstream/upstream_client.h"

namespace portico::upstream {

class CurlTransfer : public HostQueue::Ticket {
 public:
  CurlTransfer(UpstreamRequest request, ResponseReceiver* receiver);

  // Its url and headers are gone once attached: libcurl has them.
  const UpstreamRequest& request() const { return request_; }
  ResponseReceiver* receiver() const { return receiver_; }
  bool https() const { return https_; }
  // Null until Attach and after Detach.
  CURL* easy() const { return easy_.get(); }
  // Null unless the request has a body_stream.
  CurlUpload* upload() { return upload_ ? &*upload_ : nullptr; }
  static CurlTransfer* Of(CURL* easy);

  // Once for each handle that will be attached.
  static void Prepare(CURL* easy);
  // Points `easy` at this exchange; libcurl ends it after `remaining`. A null `url`: the
  // request's text.
  CURLcode Attach(CurlEasy easy, CurlUrl url, const CurlOptions& options, absl::Duration remaining);
  // Takes the handle back; it must be out of its multi.
  CurlEasy Detach();

  // The receiver hears nothing more.
  void Mute() { receiver_ = nullptr; }
  // Ends a pause; whether libcurl holds data back and must be told.
  bool Resume();
  bool held_back() const { return held_back_; }
  // Some of it, also when the connection broke in between. While attached.
  bool RequestSent() const;
  // Gives back what only sending needs (of a TLS stream 16 KB), for streams that
  // then wait long. False when the request is not sent yet: try again later.
  bool TrimAfterSending();

  // How the exchange ended, as libcurl's `code` and what happened here tell.
  // While attached.
  ExchangeEnd End(CURLcode code) const;

 protected:
  ~CurlTransfer() = default;

 private:
  using Clock = std::chrono::steady_clock;

  static std::size_t HeaderCallback(char* bytes, std::size_t one, std::size_t size, void* self);
  static std::size_t BodyCallback(char* bytes, std::size_t one, std::size_t size, void* self);
  static std::size_t UploadCallback(char* room, std::size_t one, std::size_t size, void* self);
  static int BeforeRequestCallback(void* self, char*, char*, int, int);

  // The upload needs no more bytes, and libcurl waits to hear of it.
  virtual void OnUploadOver() = 0;

  bool TakeHeaderLine(absl::string_view line);
  bool TakeHead(ResponseHead head);
  std::size_t GiveUpload(char* room, std::size_t size);
  std::size_t TakeBody(absl::string_view bytes);
  bool MaySend();
  bool Stop(Failure failure, std::string detail);

  UpstreamRequest request_;
  ResponseReceiver* receiver_;
  CurlEasy easy_;
  CurlUrl url_;
  std::unique_ptr<CurlHeaderLines> header_lines_;
  ResponseHeadReader head_reader_;
  std::optional<CurlUpload> upload_;
  const bool https_;
  std::size_t body_bytes_ = 0;
  std::optional<Clock::time_point> deadline_;
  ExchangeEnd stopped_;  // why a callback refused to go on
  bool connected_ = false;
  bool paused_ = false;
  bool held_back_ = false;  // libcurl keeps bytes until it is unpaused
  std::array<char, CURL_ERROR_SIZE> error_{};
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CURL_TRANSFER_H_
