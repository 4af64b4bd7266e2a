// A bare reverse proxy of the same parts as Portico's REST door, Beast in front and
// libcurl behind, without anything that makes it Portico: no routes, no checks, no
// limits, no problems. What the door costs beyond this is Portico's own.
//
// Usage: bare_proxy UPSTREAM_BASE. Prints `http HOST:PORT`, then `ready`; runs until
// SIGTERM. Forwards GET requests, and of the answer status, content type and body.
#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "bench/bare_upstream.h"

namespace portico::bench {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kHeadRoom = 4096;

// One caller's connection: read a request, have it answered, write, again.
class Session final : public std::enable_shared_from_this<Session>, public AnswerSink {
 public:
  Session(tcp::socket socket, BareUpstream& upstream)
      : socket_(std::move(socket)), upstream_(upstream) {
    socket_.set_option(tcp::no_delay(true));
    buffer_.reserve(kHeadRoom);  // Beast would read 512 bytes at a time
  }

  void Read() {
    parser_.emplace();
    http::async_read(socket_, buffer_, *parser_,
                     [self = shared_from_this()](const error_code& error, std::size_t) {
                       if (!error) self->Forward();
                     });
  }

 private:
  void Forward() {
    keep_alive_ = parser_->get().keep_alive();
    body_.clear();
    under_way_ = shared_from_this();
    const auto target = parser_->get().target();
    upstream_.Get({target.data(), target.size()}, this);
  }

  void OnBytes(std::string_view bytes) override { body_.append(bytes); }

  void OnFinished(int status, const char* content_type) override {
    if (status == 0) {
      status = 502;
      content_type = nullptr;
      body_.clear();
    }
    head_.assign("HTTP/1.1 ").append(std::to_string(status)).append(" Proxied\r\nContent-Type: ");
    head_.append(content_type == nullptr ? "application/octet-stream" : content_type);
    head_.append("\r\nContent-Length: ").append(std::to_string(body_.size()));
    head_.append(keep_alive_ ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n");
    const std::array<asio::const_buffer, 2> answer{asio::buffer(head_), asio::buffer(body_)};
    asio::async_write(socket_, answer,
                      [self = std::move(under_way_)](const error_code& error, std::size_t) {
                        if (!error && self->keep_alive_) self->Read();
                      });
  }

  tcp::socket socket_;
  BareUpstream& upstream_;
  boost::beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::empty_body>> parser_;
  std::string head_, body_;  // used again by the next request
  bool keep_alive_ = true;
  std::shared_ptr<Session> under_way_;  // while libcurl holds `this`
};

void Accept(tcp::acceptor& acceptor, BareUpstream& upstream) {
  acceptor.async_accept([&](const error_code& error, tcp::socket socket) {
    if (!error) std::make_shared<Session>(std::move(socket), upstream)->Read();
    Accept(acceptor, upstream);
  });
}

}  // namespace
}  // namespace portico::bench

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: bare_proxy UPSTREAM_BASE\n");
    return 2;
  }
  boost::asio::io_context context{1};
  portico::bench::BareUpstream upstream(context, argv[1]);
  boost::asio::ip::tcp::acceptor acceptor(context, {boost::asio::ip::address_v4::loopback(), 0});
  std::printf("http 127.0.0.1:%d\nready\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  portico::bench::Accept(acceptor, upstream);
  context.run();
}
