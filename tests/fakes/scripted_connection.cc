#include "tests/fakes/scripted_connection.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <cstdlib>
#include <utility>

namespace portico::fakes {

using boost::system::error_code;

ScriptedConnection::ScriptedConnection(std::size_t index, Socket socket,
                                       boost::asio::ssl::context* tls, Owner* owner)
    : index_(index), socket_(std::move(socket)), owner_(owner) {
  error_code ignored;
  socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
  if (tls != nullptr) tls_.emplace(socket_, *tls);
}

void ScriptedConnection::Start(Script on_connect) {
  auto begin = [self = shared_from_this(), on_connect](const error_code& error) {
    if (error) return self->End(true);
    self->Read();
    self->Play(on_connect);
  };
  const auto& steps = on_connect.steps();
  const bool instead_of_tls = !steps.empty() && (steps[0].kind == Script::Step::Kind::kHang ||
                                                 steps[0].kind == Script::Step::Kind::kReset ||
                                                 steps[0].kind == Script::Step::Kind::kClose);
  if (tls_ && !instead_of_tls) {
    tls_->async_handshake(boost::asio::ssl::stream_base::server, std::move(begin));
  } else {
    tls_.reset();
    begin({});
  }
}

void ScriptedConnection::Read() {
  auto handler = [self = shared_from_this()](const error_code& error, std::size_t size) {
    self->OnRead(error, size);
  };
  const auto buffer = boost::asio::buffer(chunk_);
  if (tls_) {
    tls_->async_read_some(buffer, std::move(handler));
  } else {
    socket_.async_read_some(buffer, std::move(handler));
  }
}

void ScriptedConnection::OnRead(const error_code& error, std::size_t size) {
  if (error) return End(true);
  received_.append(chunk_.data(), size);
  Serve();
  if (!ended_) Read();
}

void ScriptedConnection::Serve() {
  RecordedRequest request;
  if (playing_ || ended_ || !ParseRequest(&request)) return;
  Play(owner_->AnswerTo(request));
}

// Takes one whole request off what was received.
bool ScriptedConnection::ParseRequest(RecordedRequest* request) {
  const std::size_t head_end = received_.find("\r\n\r\n");
  if (head_end == std::string::npos) return false;
  request->connection = index_;
  request->head = received_.substr(0, head_end + 4);
  const std::size_t line_end = request->head.find("\r\n");
  const std::size_t space = request->head.find(' ');
  const std::size_t second = request->head.find(' ', space + 1);
  request->method = request->head.substr(0, space);
  request->target = request->head.substr(space + 1, std::min(second, line_end) - space - 1);

  std::size_t body_size = 0;
  if (const auto length = request->Header("content-length")) {
    body_size = std::strtoull(length->c_str(), nullptr, 10);
  } else if (request->Header("transfer-encoding")) {
    const std::size_t last = received_.find("0\r\n\r\n", head_end + 2);
    if (last == std::string::npos) return false;
    body_size = last + 5 - request->head.size();
  }
  if (received_.size() < request->head.size() + body_size) return false;
  request->body = received_.substr(request->head.size(), body_size);
  received_.erase(0, request->head.size() + body_size);
  return true;
}

void ScriptedConnection::Play(Script script) {
  script_ = std::move(script);
  step_ = 0;
  playing_ = true;
  NextStep();
}

void ScriptedConnection::NextStep() {
  if (ended_) return;
  if (step_ == script_.steps().size()) {
    playing_ = false;
    return Serve();
  }
  const Script::Step& step = script_.steps()[step_++];
  switch (step.kind) {
    case Script::Step::Kind::kSend:
      times_left_ = step.times;
      sent_of_step_ = 0;
      return Send();
    case Script::Step::Kind::kAwait:
      // Whoever opens the gate may do so after the connection and its server are gone.
      return step.gate->WhenOpen([weak = weak_from_this()] {
        if (const auto self = weak.lock()) {
          boost::asio::post(self->socket_.get_executor(), [self] { self->NextStep(); });
        }
      });
    case Script::Step::Kind::kClose:
      return CloseGracefully();
    case Script::Step::Kind::kReset:
      return Reset();
    case Script::Step::Kind::kHang:
      return;
  }
}

void ScriptedConnection::Send() {
  const std::string& bytes = script_.steps()[step_ - 1].bytes;
  if (times_left_ == 0 || bytes.empty()) return NextStep();
  auto handler = [self = shared_from_this()](const error_code& error, std::size_t size) {
    self->OnSent(error, size);
  };
  const auto buffer = boost::asio::buffer(bytes) + sent_of_step_;
  if (tls_) {
    tls_->async_write_some(buffer, std::move(handler));
  } else {
    socket_.async_write_some(buffer, std::move(handler));
  }
}

void ScriptedConnection::OnSent(const error_code& error, std::size_t size) {
  if (error) return End(true);
  if (ended_) return;
  owner_->OnSent(index_, size);
  sent_of_step_ += size;
  if (sent_of_step_ == script_.steps()[step_ - 1].bytes.size()) {
    --times_left_;
    sent_of_step_ = 0;
  }
  Send();
}

void ScriptedConnection::CloseGracefully() {
  if (!tls_) return Close();
  // Sends close_notify; does not insist on the peer's.
  tls_->async_shutdown([self = shared_from_this()](const error_code&) { self->Close(); });
}

void ScriptedConnection::Close() { End(false); }

void ScriptedConnection::Reset() {
  error_code ignored;
  socket_.set_option(boost::asio::socket_base::linger(true, 0), ignored);
  End(false);
}

void ScriptedConnection::End(bool by_peer) {
  if (std::exchange(ended_, true)) return;
  error_code ignored;
  socket_.close(ignored);
  owner_->OnClosed(index_, by_peer);
}

}  // namespace portico::fakes
