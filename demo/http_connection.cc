#include "demo/http_connection.h"

#include <sys/socket.h>

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cerrno>
#include <ctime>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace portico::demo {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::size_t kReadBuffer = 4096;  // Beast reads 512 bytes at a time unless reserved
constexpr std::size_t kMaxHead = 64 * 1024;
constexpr std::size_t kMaxBody = 32 * 1024 * 1024;
constexpr std::size_t kMaxUnread = 4 * 1024 * 1024;

class Connection : public HttpConnection, public std::enable_shared_from_this<Connection> {
 public:
  Connection(LoopSocket socket, const Handler* handler)
      : socket_(std::move(socket)), handler_(handler) {}

  void Read();
  void CloseIfIdle(std::chrono::steady_clock::time_point since) override {
    if (waiting_ && waiting_since_ < since) Close();
  }

 private:
  class Answer;

  void ReadBody();
  void Dispatch();
  void Refuse(int status, absl::string_view reason);
  void WriteHead(const ResponseHead& head, absl::string_view framing);
  void WriteChunk(absl::string_view chunk);
  void Finish();
  void FlushSoon();
  void Flush();
  void Flushed();
  void WatchForEnd();
  void PeerLeft();
  void Close();

  LoopSocket socket_;
  const Handler* handler_;
  boost::beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::chrono::steady_clock::time_point waiting_since_;
  std::string out_;      // to be sent
  std::string sending_;  // being sent
  absl::AnyInvocable<void() &&> gone_;
  unsigned exchange_ = 0;   // number of the current one
  bool answering_ = false;  // an exchange is open
  bool waiting_ = false;    // for a request to begin
  bool watching_ = false;   // for the peer to leave
  bool flush_posted_ = false;
  bool keep_alive_ = true;
  bool head_only_ = false;
  bool closed_ = false;
};

// Speaks for one exchange of a connection, which may by then be at a later one.
class Connection::Answer : public Exchange {
 public:
  explicit Answer(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)), number_(connection_->exchange_) {}
  ~Answer() override {
    if (current()) connection_->Close();
  }

  void Reply(const ResponseHead& head, absl::string_view body) override {
    if (!current()) return;
    connection_->WriteHead(
        head, head.status == 204 ? "" : absl::StrCat("Content-Length: ", body.size(), "\r\n"));
    if (!connection_->head_only_) absl::StrAppend(&connection_->out_, body);
    connection_->Finish();
  }
  void Open(const ResponseHead& head) override {
    if (!current()) return;
    connection_->WriteHead(head, "Transfer-Encoding: chunked\r\n");
    connection_->FlushSoon();
  }
  void Write(absl::string_view chunk) override {
    if (current() && !chunk.empty()) connection_->WriteChunk(chunk);
  }
  void End() override {
    if (!current()) return;
    if (!connection_->head_only_) absl::StrAppend(&connection_->out_, "0\r\n\r\n");
    connection_->Finish();
  }
  void OnGone(absl::AnyInvocable<void() &&> gone) override {
    if (current()) connection_->gone_ = std::move(gone);
  }

 private:
  bool current() const {
    return connection_->answering_ && connection_->exchange_ == number_ && !connection_->closed_;
  }
  std::shared_ptr<Connection> connection_;
  unsigned number_;
};

void Connection::Read() {
  buffer_.reserve(kReadBuffer);
  parser_.emplace();
  parser_->header_limit(kMaxHead);
  parser_->body_limit(kMaxBody);
  waiting_ = true;
  waiting_since_ = std::chrono::steady_clock::now();
  http::async_read_header(
      socket_, buffer_, *parser_, [self = shared_from_this()](error_code error, std::size_t) {
        self->waiting_ = false;
        if (self->closed_) return;
        if (!error) return self->ReadBody();
        if (error == http::error::header_limit) {
          return self->Refuse(431, "Request Header Fields Too Large");
        }
        if (error == http::error::body_limit) {
          return self->Refuse(413, "Payload Too Large");
        }
        if (error.category() == http::make_error_code(http::error::end_of_stream).category() &&
            error != http::error::end_of_stream) {
          return self->Refuse(400, "Bad Request");
        }
        self->Close();
      });
}

void Connection::ReadBody() {
  if (parser_->is_done()) return Dispatch();
  if (absl::EqualsIgnoreCase(std::string(parser_->get()[http::field::expect]), "100-continue")) {
    absl::StrAppend(&out_, "HTTP/1.1 100 Continue\r\n\r\n");
    Flush();
  }
  http::async_read(socket_, buffer_, *parser_,
                   [self = shared_from_this()](error_code error, std::size_t) {
                     if (self->closed_) return;
                     if (!error) return self->Dispatch();
                     if (error == http::error::body_limit) {
                       return self->Refuse(413, "Payload Too Large");
                     }
                     self->Close();
                   });
}

void Connection::Dispatch() {
  auto& message = parser_->get();
  Request request;
  head_only_ = message.method() == http::verb::head;
  request.method = head_only_ ? "GET" : std::string(message.method_string());
  request.target = std::string(message.target());
  request.authorization = std::string(message[http::field::authorization]);
  request.content_type = std::string(message[http::field::content_type]);
  request.accept = std::string(message[http::field::accept]);
  request.body = std::move(message.body());
  keep_alive_ = parser_->keep_alive();
  parser_.reset();
  answering_ = true;
  ++exchange_;
  (*handler_)(request, std::make_unique<Answer>(shared_from_this()));
  if (!answering_ || closed_) return;
  if (buffer_.size() == 0) buffer_.shrink_to_fit();  // a stream may last for hours
  WatchForEnd();
}

void Connection::Refuse(int status, absl::string_view reason) {
  out_ = absl::StrCat("HTTP/1.1 ", status, " ", reason,
                      "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  keep_alive_ = false;
  Flush();
}

void Connection::WriteHead(const ResponseHead& head, absl::string_view framing) {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char date[48];
  std::strftime(date, sizeof date, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &utc);
  absl::StrAppend(&out_, "HTTP/1.1 ", head.status, " ",
                  std::string(http::obsolete_reason(static_cast<http::status>(head.status))),
                  "\r\n", head.lines, framing, date,
                  keep_alive_ ? "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n\r\n"
                              : "Connection: close\r\n\r\n");
}

void Connection::WriteChunk(absl::string_view chunk) {
  if (head_only_) return;
  absl::StrAppendFormat(&out_, "%x\r\n", chunk.size());
  absl::StrAppend(&out_, chunk, "\r\n");
  if (out_.size() > kMaxUnread) {
    out_.clear();
    // Not from here: whoever writes may not expect its exchange to die under it.
    return asio::post(socket_.get_executor(), [self = shared_from_this()] { self->PeerLeft(); });
  }
  FlushSoon();
}

void Connection::Finish() {
  answering_ = false;
  gone_ = nullptr;
  Flush();
}

// What one turn of the loop writes leaves in one send.
void Connection::FlushSoon() {
  if (std::exchange(flush_posted_, true)) return;
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    self->flush_posted_ = false;
    self->Flush();
  });
}

void Connection::Flush() {
  if (closed_ || !sending_.empty()) return;
  if (out_.empty()) return Flushed();
  sending_ = std::exchange(out_, std::string());
  asio::async_write(socket_, asio::buffer(sending_),
                    [self = shared_from_this()](error_code error, std::size_t) {
                      self->sending_ = std::string();
                      if (self->closed_) return;
                      if (error) return self->PeerLeft();
                      self->Flush();
                    });
}

// Nothing is left to send: wait for more, read the next request, or close.
void Connection::Flushed() {
  if (answering_ || parser_.has_value()) {
    if (!keep_alive_ && !answering_) Close();  // refused
    return;
  }
  if (!keep_alive_) return Close();
  Read();
}

void Connection::WatchForEnd() {
  if (std::exchange(watching_, true)) return;
  socket_.async_wait(asio::socket_base::wait_read, [self = shared_from_this()](error_code error) {
    self->watching_ = false;
    if (error || self->closed_ || !self->answering_) return;
    char byte;
    const auto got = ::recv(self->socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN)) return self->PeerLeft();
    // A pipelined request: it stays until this exchange is over, and hides the end.
    if (got < 0) self->WatchForEnd();
  });
}

void Connection::PeerLeft() {
  if (closed_) return;
  auto gone = std::exchange(gone_, nullptr);
  Close();
  if (gone) std::move(gone)();
}

void Connection::Close() {
  closed_ = true;
  answering_ = false;
  gone_ = nullptr;
  error_code ignored;
  socket_.shutdown(asio::socket_base::shutdown_both, ignored);
  socket_.close(ignored);
}

}  // namespace

std::weak_ptr<HttpConnection> HttpConnection::Start(LoopSocket socket, const Handler* handler) {
  error_code ignored;
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  auto connection = std::make_shared<Connection>(std::move(socket), handler);
  connection->Read();
  return connection;
}

}  // namespace portico::demo
