#include "tests/fakes/scripted_upstream.h"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <future>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "tests/fakes/scripted_connection.h"

namespace portico::fakes {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::seconds kPatience{20};

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool SameName(const std::string& a, const std::string& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

}  // namespace

std::optional<std::string> RecordedRequest::Header(const std::string& name) const {
  std::size_t line = head.find("\r\n") + 2;
  while (line < head.size()) {
    const std::size_t end = head.find("\r\n", line);
    const std::size_t colon = head.find(':', line);
    if (colon < end && SameName(head.substr(line, colon - line), name)) {
      const std::size_t value = head.find_first_not_of(" \t", colon + 1);
      return head.substr(value, end - value);
    }
    line = end + 2;
  }
  return std::nullopt;
}

struct ScriptedUpstream::Implementation : ScriptedConnection::Owner {
  struct Connection {
    std::weak_ptr<ScriptedConnection> object;
    std::uint64_t bytes_sent = 0;
    bool open = true;
    std::optional<Clock::time_point> closed_by_peer;
  };

  explicit Implementation(const Options& options) : options(options) {
    if (options.certificate == nullptr) return;
    const TestCertificate& certificate = *options.certificate;
    tls.emplace(boost::asio::ssl::context::tls_server);
    tls->use_certificate_chain(boost::asio::buffer(certificate.certificate_pem()));
    tls->use_private_key(boost::asio::buffer(certificate.key_pem()),
                         boost::asio::ssl::context::pem);
    if (options.client_certificate == nullptr) return;
    tls->set_verify_mode(boost::asio::ssl::verify_peer |
                         boost::asio::ssl::verify_fail_if_no_peer_cert);
    tls->add_certificate_authority(
        boost::asio::buffer(options.client_certificate->certificate_pem()));
  }

  void Listen() {
    const tcp::endpoint endpoint(boost::asio::ip::address_v4::loopback(),
                                 static_cast<unsigned short>(port));
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen(4096);
    port = acceptor.local_endpoint().port();
    Accept();
  }

  void Accept() {
    acceptor.async_accept([this](const error_code& error, tcp::socket socket) {
      if (error) return;
      if (options.send_buffer_bytes > 0) {
        socket.set_option(tcp::socket::send_buffer_size(options.send_buffer_bytes));
      }
      Script first;
      std::shared_ptr<ScriptedConnection> connection;
      {
        const std::lock_guard lock(mutex);
        connection = std::make_shared<ScriptedConnection>(known.size(), std::move(socket),
                                                          tls ? &*tls : nullptr, this);
        known.emplace_back().object = connection;
        first = on_connect;
      }
      changed.notify_all();
      connection->Start(std::move(first));
      Accept();
    });
  }

  void DropConnections() {
    std::vector<std::shared_ptr<ScriptedConnection>> open;
    {
      const std::lock_guard lock(mutex);
      for (const Connection& connection : known) {
        if (auto object = connection.object.lock()) open.push_back(std::move(object));
      }
    }
    for (const auto& connection : open) connection->Close();
  }

  // Runs `task` on the server's thread and waits for it.
  template <typename Task>
  void OnThread(Task task) {
    std::promise<void> done;
    boost::asio::post(context, [&] {
      task();
      done.set_value();
    });
    done.get_future().wait();
  }

  template <typename Condition>
  bool WaitUntil(Condition condition) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, kPatience, condition);
  }

  Script AnswerTo(const RecordedRequest& request) override {
    Answer answer;
    std::optional<Script> script;
    {
      const std::lock_guard lock(mutex);
      received.push_back(request);
      const std::string path = request.target.substr(0, request.target.find('?'));
      const auto rule = rules.find(request.method + " " + path);
      if (rule != rules.end()) script = rule->second;
      answer = any;
    }
    changed.notify_all();
    if (script) return *std::move(script);
    return answer ? answer(request) : Script::Respond(404, R"({"message":"not scripted"})");
  }

  void OnSent(std::size_t connection, std::size_t bytes) override {
    const std::lock_guard lock(mutex);
    known[connection].bytes_sent += bytes;
  }

  void OnClosed(std::size_t connection, bool by_peer) override {
    {
      const std::lock_guard lock(mutex);
      known[connection].open = false;
      if (by_peer) known[connection].closed_by_peer = Clock::now();
    }
    changed.notify_all();
  }

  std::size_t CountOpen() const {
    return static_cast<std::size_t>(
        std::count_if(known.begin(), known.end(), [](const Connection& c) { return c.open; }));
  }

  const Options options;
  std::optional<boost::asio::ssl::context> tls;
  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard =
      boost::asio::make_work_guard(context);
  tcp::acceptor acceptor{context};
  int port = 0;
  std::thread thread;

  mutable std::mutex mutex;  // what follows
  std::condition_variable changed;
  std::map<std::string, Script> rules;
  Answer any;
  Script on_connect;
  std::vector<RecordedRequest> received;
  std::vector<Connection> known;
};

ScriptedUpstream::ScriptedUpstream() : ScriptedUpstream(Options()) {}

ScriptedUpstream::ScriptedUpstream(const Options& options)
    : implementation_(std::make_shared<Implementation>(options)) {
  implementation_->Listen();
  implementation_->thread = std::thread([this] { implementation_->context.run(); });
}

ScriptedUpstream::~ScriptedUpstream() {
  StopListening();
  DropConnections();
  implementation_->context.stop();
  implementation_->thread.join();
}

std::string ScriptedUpstream::base_uri() const {
  return (implementation_->tls ? "https://127.0.0.1:" : "http://127.0.0.1:") +
         std::to_string(port());
}

int ScriptedUpstream::port() const { return implementation_->port; }

void ScriptedUpstream::On(const std::string& method_and_path, Script script) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->rules[method_and_path] = std::move(script);
}

void ScriptedUpstream::OnAny(Answer answer) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->any = std::move(answer);
}

void ScriptedUpstream::OnAny(Script script) {
  OnAny([script = std::move(script)](const RecordedRequest&) { return script; });
}

void ScriptedUpstream::OnConnect(Script script) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->on_connect = std::move(script);
}

std::vector<RecordedRequest> ScriptedUpstream::requests() const {
  const std::lock_guard lock(implementation_->mutex);
  return implementation_->received;
}

bool ScriptedUpstream::WaitForRequests(std::size_t count) const {
  return implementation_->WaitUntil([&] { return implementation_->received.size() >= count; });
}

std::size_t ScriptedUpstream::connections() const {
  const std::lock_guard lock(implementation_->mutex);
  return implementation_->known.size();
}

std::size_t ScriptedUpstream::open_connections() const {
  const std::lock_guard lock(implementation_->mutex);
  return implementation_->CountOpen();
}

std::optional<ScriptedUpstream::Clock::time_point> ScriptedUpstream::WaitForPeerClose(
    std::size_t connection) const {
  const auto closed = [&] {
    return implementation_->known.size() > connection &&
           implementation_->known[connection].closed_by_peer.has_value();
  };
  if (!implementation_->WaitUntil(closed)) return std::nullopt;
  const std::lock_guard lock(implementation_->mutex);
  return implementation_->known[connection].closed_by_peer;
}

bool ScriptedUpstream::WaitForOpenConnections(std::size_t count) const {
  return implementation_->WaitUntil([&] { return implementation_->CountOpen() == count; });
}

std::uint64_t ScriptedUpstream::bytes_sent(std::size_t connection) const {
  const std::lock_guard lock(implementation_->mutex);
  return implementation_->known.at(connection).bytes_sent;
}

void ScriptedUpstream::DropConnections() {
  implementation_->OnThread([&] { implementation_->DropConnections(); });
}

void ScriptedUpstream::StopListening() {
  implementation_->OnThread([&] { implementation_->acceptor.close(); });
}

void ScriptedUpstream::Listen() {
  implementation_->OnThread([&] { implementation_->Listen(); });
}

void ScriptedUpstream::Restart() {
  StopListening();
  DropConnections();
  Listen();
}

}  // namespace portico::fakes
