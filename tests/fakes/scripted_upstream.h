// A loopback HTTP/1.1 server for tests whose every byte is scripted, and which
// remembers what clients did to it.
//
//   ScriptedUpstream upstream;
//   upstream.On("GET /v2/tasks", Script::Respond(200, R"({"tasks":[]})"));
//   upstream.On("GET /slow", Script().Hang());
//   ... call upstream.base_uri() + "/v2/tasks" ...
//   EXPECT_EQ(upstream.requests().at(0).Header("accept"), "application/json");
//
// It runs on a thread of its own, on a free port of 127.0.0.1, one request at a
// time on each connection, and reads all the time, so that it knows at once when
// a client goes away. It adds nothing on its own: no Date, no 100 Continue. A
// request that nothing fits is answered 404.
//
// Threads: every method from any thread. Waiting methods give up after 20 s.
#ifndef PORTICO_TESTS_FAKES_SCRIPTED_UPSTREAM_H_
#define PORTICO_TESTS_FAKES_SCRIPTED_UPSTREAM_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/fakes/script.h"
#include "tests/fakes/test_certificate.h"

namespace portico::fakes {

struct RecordedRequest {
  std::size_t connection = 0;  // in order of acceptance, from 0
  std::string head;            // verbatim, with the empty line
  std::string body;            // verbatim; chunked ones with their chunk framing
  std::string method;
  std::string target;  // path and query as sent

  // The first value of a header, trimmed; nullopt when absent. Any case.
  std::optional<std::string> Header(const std::string& name) const;
};

class ScriptedUpstream {
 public:
  using Clock = std::chrono::steady_clock;
  using Answer = std::function<Script(const RecordedRequest&)>;

  struct Options {
    const TestCertificate* certificate = nullptr;  // serves TLS; read at once
    // Clients must show this certificate (mTLS); read at once.
    const TestCertificate* client_certificate = nullptr;
    int send_buffer_bytes = 0;  // SO_SNDBUF of connections; 0: the system's
  };

  ScriptedUpstream();
  explicit ScriptedUpstream(const Options& options);
  // Closes everything.
  ~ScriptedUpstream();
  ScriptedUpstream(const ScriptedUpstream&) = delete;
  ScriptedUpstream& operator=(const ScriptedUpstream&) = delete;

  // "http://127.0.0.1:PORT", or https.
  std::string base_uri() const;
  int port() const;

  // For "METHOD /path", compared with the target up to its "?". A later rule for
  // the same replaces the earlier.
  void On(const std::string& method_and_path, Script script);
  // For what no On fits. Runs on the server's thread.
  void OnAny(Answer answer);
  void OnAny(Script script);
  // Played on each new connection before (and, if it ends it, instead of) any request.
  void OnConnect(Script script);

  // Requests received whole so far, in order.
  std::vector<RecordedRequest> requests() const;
  bool WaitForRequests(std::size_t count) const;

  std::size_t connections() const;       // accepted so far
  std::size_t open_connections() const;  // neither side has closed
  // When the client closed or reset the connection; nullopt after 20 s in vain.
  std::optional<Clock::time_point> WaitForPeerClose(std::size_t connection) const;
  bool WaitForOpenConnections(std::size_t count) const;
  // Taken by the kernel so far.
  std::uint64_t bytes_sent(std::size_t connection) const;

  void DropConnections();  // FIN to all
  void StopListening();    // new connections are refused; open ones stay
  void Listen();           // again, on the same port
  void Restart();          // all three

 private:
  struct Implementation;
  std::shared_ptr<Implementation> implementation_;
};

}  // namespace portico::fakes

#endif  // PORTICO_TESTS_FAKES_SCRIPTED_UPSTREAM_H_
