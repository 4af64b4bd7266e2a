#include "core/upstream/curl_transfer.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/upstream/curl_easy_options.h"
#include "core/upstream/curl_failure.h"
#include "core/upstream/http2_reset.h"
#include "core/upstream/redact.h"

namespace portico::upstream {
namespace {

constexpr long kUploadBuffer = 16 * 1024;  // libcurl's smallest

// RFC 9110, 9.2.2.
bool IsIdempotent(absl::string_view method) {
  return method == "GET" || method == "HEAD" || method == "PUT" || method == "DELETE" ||
         method == "OPTIONS" || method == "TRACE";
}

}  // namespace

CurlTransfer::CurlTransfer(UpstreamRequest request, ResponseReceiver* receiver)
    : request_(std::move(request)),
      receiver_(receiver),
      head_reader_(request_.limits),
      https_(IsHttps(request_.url)) {
  if (request_.body_stream) upload_.emplace(*request_.body_stream);
}

CurlTransfer* CurlTransfer::Of(CURL* easy) {
  char* transfer = nullptr;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
  return reinterpret_cast<CurlTransfer*>(transfer);
}

void CurlTransfer::Prepare(CURL* easy) {
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &HeaderCallback);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &BodyCallback);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &BeforeRequestCallback);
}

CURLcode CurlTransfer::Attach(CurlEasy easy, CurlUrl url, const CurlOptions& options,
                              absl::Duration remaining) {
  easy_ = std::move(easy);
  url_ = std::move(url);
  header_lines_ = std::make_unique<CurlHeaderLines>(request_, options.user_agent);
  const long timeout_ms = TimeoutMillis(remaining);
  if (timeout_ms != 0) deadline_ = Clock::now() + std::chrono::milliseconds(timeout_ms);
  CURL* const handle = easy_.get();
  curl_easy_setopt(handle, CURLOPT_PRIVATE, this);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, error_.data());
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
  if (upload_) {
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, &UploadCallback);
    curl_easy_setopt(handle, CURLOPT_READDATA, this);
  }
  curl_easy_setopt(handle, CURLOPT_PREREQDATA, this);
  const CURLcode code = SetRequestOptions(handle, request_, url_.get(), header_lines_->list(),
                                          options.http2, remaining);
  request_.url = std::string();
  request_.headers = std::vector<Header>();
  return code;
}

CurlEasy CurlTransfer::Detach() {
  ClearRequestOptions(easy_.get());
  return std::move(easy_);
}

bool CurlTransfer::Resume() {
  paused_ = false;
  return std::exchange(held_back_, false);
}

bool CurlTransfer::TrimAfterSending() {
  // Headers are sent by one write; a body may still be under way, and a stream
  // with a body is rare.
  if (request_.body || request_.body_stream) return true;
  if (!RequestSent()) return false;
  CURL* const handle = easy_.get();
  // A stream's connection is always fresh, so that nothing is ever sent again.
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr));
  header_lines_ = nullptr;
  // Setting the size is what frees the buffer.
  curl_easy_setopt(handle, CURLOPT_UPLOAD_BUFFERSIZE, kUploadBuffer);
  return true;
}

std::size_t CurlTransfer::HeaderCallback(char* bytes, std::size_t, std::size_t size, void* self) {
  return static_cast<CurlTransfer*>(self)->TakeHeaderLine({bytes, size}) ? size : 0;
}

bool CurlTransfer::TakeHeaderLine(absl::string_view line) {
  if (receiver_ == nullptr) return false;
  switch (head_reader_.Take(line)) {
    case ResponseHeadReader::Progress::kMore:
      return true;
    case ResponseHeadReader::Progress::kComplete:
      return TakeHead(head_reader_.TakeHead());
    case ResponseHeadReader::Progress::kTooLarge:
      return Stop(Failure::kResponseTooLarge,
                  absl::StrCat("the response's header exceeds ", request_.limits.head_bytes,
                               " bytes or ", request_.limits.head_lines, " lines"));
    case ResponseHeadReader::Progress::kMalformed:
      return Stop(Failure::kMalformed, "the response's header is not HTTP");
  }
  return false;
}

bool CurlTransfer::TakeHead(ResponseHead head) {
  const bool refused = head.status >= 400;
  receiver_->OnHead(std::move(head));
  if (!upload_ || !refused) return receiver_ != nullptr;
  // libcurl sends no more of the body then, but would wait for ever if it had
  // been told to wait for the next bytes.
  upload_->Drop();
  if (upload_->TakeStarved()) OnUploadOver();
  if (receiver_ != nullptr && upload_->TakeSendable()) receiver_->OnSendable();
  return receiver_ != nullptr;
}

std::size_t CurlTransfer::UploadCallback(char* room, std::size_t, std::size_t size, void* self) {
  return static_cast<CurlTransfer*>(self)->GiveUpload(room, size);
}

std::size_t CurlTransfer::GiveUpload(char* room, std::size_t size) {
  if (receiver_ == nullptr) return CURL_READFUNC_ABORT;
  const std::size_t given = upload_->Read(room, size);
  if (given == CURL_READFUNC_ABORT) {
    Stop(Failure::kInvalidRequest, "the request's body ended short of its length");
    return given;
  }
  if (upload_->TakeSendable()) receiver_->OnSendable();
  return receiver_ != nullptr ? given : CURL_READFUNC_ABORT;
}

std::size_t CurlTransfer::BodyCallback(char* bytes, std::size_t, std::size_t size, void* self) {
  return static_cast<CurlTransfer*>(self)->TakeBody({bytes, size});
}

std::size_t CurlTransfer::TakeBody(absl::string_view bytes) {
  constexpr std::size_t kRefused = CURL_WRITEFUNC_ERROR;
  if (receiver_ == nullptr) return kRefused;
  if (bytes.empty()) return 0;
  if (paused_) {
    held_back_ = true;
    return CURL_WRITEFUNC_PAUSE;
  }
  if (!request_.stream && bytes.size() > request_.limits.body_bytes - body_bytes_) {
    Stop(Failure::kResponseTooLarge,
         absl::StrCat("the response's body exceeds ", request_.limits.body_bytes, " bytes"));
    return kRefused;
  }
  body_bytes_ += bytes.size();
  if (receiver_->OnBody(bytes) == Flow::kPause) paused_ = true;
  return receiver_ != nullptr ? bytes.size() : kRefused;
}

int CurlTransfer::BeforeRequestCallback(void* self, char*, char*, int, int) {
  return static_cast<CurlTransfer*>(self)->MaySend() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

// libcurl sends a request again, of whatever method, when a kept-open connection
// closes before any byte of the response. The first may have been acted upon.
bool CurlTransfer::MaySend() {
  if (receiver_ == nullptr) return false;
  connected_ = true;
  if (!RequestSent() || IsIdempotent(request_.method)) return true;
  return Stop(Failure::kConnectionLost,
              "the upstream closed a kept-open connection after the request was sent");
}

bool CurlTransfer::RequestSent() const {
  long sent = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_REQUEST_SIZE, &sent);
  return sent > 0;
}

// Always false: what a callback answers to stop.
bool CurlTransfer::Stop(Failure failure, std::string detail) {
  stopped_.failure = failure;
  stopped_.detail = std::move(detail);
  CloseUnlessShared(easy_.get());
  return false;
}

ExchangeEnd CurlTransfer::End(CURLcode code) const {
  ExchangeEnd end = stopped_;
  end.request_sent = RequestSent();
  if (end.failure != Failure::kNone) return end;
  if (code == CURLE_OK) {
    if (head_reader_.complete()) return end;
    // To libcurl a connection that closes within the head is a whole answer.
    end.failure = Failure::kConnectionLost;
    end.detail = "the upstream closed the connection within the response's header";
    return end;
  }
  // libcurl may ring up to a millisecond early by this clock.
  const bool deadline_passed =
      deadline_ && Clock::now() + std::chrono::milliseconds(1) >= *deadline_;
  end.failure =
      FailureOf(code, {deadline_passed, connected_, end.request_sent, head_reader_.complete()});
  const absl::string_view text = error_[0] != '\0' ? error_.data() : curl_easy_strerror(code);
  end.detail = Redact(text, request_.secrets);
  return end;
}

}  // namespace portico::upstream
