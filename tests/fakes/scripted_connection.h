// One connection of a ScriptedUpstream. Not for tests: use scripted_upstream.h.
#ifndef PORTICO_TESTS_FAKES_SCRIPTED_CONNECTION_H_
#define PORTICO_TESTS_FAKES_SCRIPTED_CONNECTION_H_

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "tests/fakes/script.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico::fakes {

// Lives on the server's thread, as long as a handler or the server holds it.
class ScriptedConnection : public std::enable_shared_from_this<ScriptedConnection> {
 public:
  // What it asks and tells; outlives it.
  class Owner {
   public:
    virtual ~Owner() = default;
    virtual Script AnswerTo(const RecordedRequest& request) = 0;  // records it as well
    virtual void OnSent(std::size_t connection, std::size_t bytes) = 0;
    virtual void OnClosed(std::size_t connection, bool by_peer) = 0;  // once
  };

  using Socket = boost::asio::ip::tcp::socket;

  // `tls`: null for clear text.
  ScriptedConnection(std::size_t index, Socket socket, boost::asio::ssl::context* tls,
                     Owner* owner);
  void Start(Script on_connect);
  void Close();

 private:
  void Read();
  void OnRead(const boost::system::error_code& error, std::size_t size);
  void Serve();
  bool ParseRequest(RecordedRequest* request);
  void Play(Script script);
  void NextStep();
  void Send();
  void OnSent(const boost::system::error_code& error, std::size_t size);
  void CloseGracefully();
  void Reset();
  void End(bool by_peer);

  const std::size_t index_;
  Socket socket_;
  std::optional<boost::asio::ssl::stream<Socket&>> tls_;
  Owner* owner_;
  std::array<char, 16384> chunk_;
  std::string received_;
  Script script_;
  std::size_t step_ = 0;
  std::size_t sent_of_step_ = 0;  // bytes of the current repetition
  std::size_t times_left_ = 0;
  bool playing_ = false;
  bool ended_ = false;
};

}  // namespace portico::fakes

#endif  // PORTICO_TESTS_FAKES_SCRIPTED_CONNECTION_H_
