// The listener over TLS, as a caller with OpenSSL sees it.
#include "gateway/http/tls_transport.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/http/running_listener.h"
#include "tests/fakes/http_caller.h"
#include "tests/fakes/test_certificate.h"

namespace portico::http {
namespace {

using fakes::HttpCaller;

using fakes::TestCertificate;
using Receiver = std::unique_ptr<RequestReceiver>;

constexpr char kGet[] = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";

struct CallerOptions {
  std::string protocols = "\x08http/1.1";  // ALPN, each with its length before it
  int newest = 0;                          // of TLS; 0: any
  int receive_buffer = 0;
};

// Blocking; trusts one certificate only.
class TlsCaller {
 public:
  TlsCaller(const std::string& address, const TestCertificate& trusted,
            const CallerOptions& options = CallerOptions())
      : context_(SSL_CTX_new(TLS_client_method())), ssl_(nullptr) {
    SSL_CTX_load_verify_locations(context_, trusted.certificate_file().c_str(), nullptr);
    SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_max_proto_version(context_, options.newest);
    SSL_CTX_set_cipher_list(context_, "DEFAULT:@SECLEVEL=0");
    ssl_ = SSL_new(context_);
    SSL_set_alpn_protos(ssl_, reinterpret_cast<const unsigned char*>(options.protocols.data()),
                        options.protocols.size());
    fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
    if (options.receive_buffer > 0) {
      ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &options.receive_buffer, sizeof(int));
    }
    const timeval patience{20, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(10))));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
    SSL_set_fd(ssl_, fd_);
    connected_ = SSL_connect(ssl_) == 1;
  }
  ~TlsCaller() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
    ::close(fd_);
    ERR_clear_error();
  }

  bool connected() const { return connected_; }
  std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(ssl_, &name, &size);
    return std::string(reinterpret_cast<const char*>(name), size);
  }
  void Send(const std::string& bytes) {
    EXPECT_EQ(SSL_write(ssl_, bytes.data(), bytes.size()), static_cast<int>(bytes.size()));
  }
  std::string ReadUntil(const std::string& mark) {
    std::size_t at;
    while ((at = read_.find(mark)) == std::string::npos) {
      if (!Fill()) break;
    }
    const std::size_t size = at == std::string::npos ? read_.size() : at + mark.size();
    std::string bytes = read_.substr(0, size);
    read_.erase(0, size);
    return bytes;
  }
  // The rest; then ended_well() says whether close_notify came.
  std::string ReadToEnd() {
    while (Fill()) {
    }
    return std::exchange(read_, "");
  }
  bool ended_well() const { return ended_well_; }

 private:
  bool Fill() {
    char bytes[8192];
    const int got = SSL_read(ssl_, bytes, sizeof bytes);
    if (got > 0) {
      read_.append(bytes, got);
    } else {
      ended_well_ = SSL_get_error(ssl_, got) == SSL_ERROR_ZERO_RETURN;
    }
    return got > 0;
  }

  SSL_CTX* context_;
  SSL* ssl_;
  int fd_;
  bool connected_ = false;
  bool ended_well_ = false;
  std::string read_;
};

std::shared_ptr<const TlsIdentity> Identity(const TestCertificate& certificate) {
  auto identity = TlsIdentity::Load(certificate.certificate_file(), certificate.key_file());
  EXPECT_TRUE(identity.ok()) << identity.status();
  return *identity;
}

Receiver Echo(const RequestHead& head, ResponseWriter* writer) {
  writer->Respond(ResponseHead(200), absl::StrCat("[", head.target, head.tls ? " tls]" : "]"));
  return nullptr;
}

TEST(TlsTransportTest, ServesOneRequestAfterTheOther) {
  const TestCertificate certificate;
  RunningListener listener(Echo, Limits(), Identity(certificate));
  TlsCaller caller(listener.address(), certificate);
  ASSERT_TRUE(caller.connected());
  EXPECT_EQ(caller.protocol(), "http/1.1");
  caller.Send(kGet);
  EXPECT_TRUE(absl::EndsWith(caller.ReadUntil("]"), "[/x tls]"));
  caller.Send(absl::StrCat(kGet, kGet));
  EXPECT_TRUE(absl::EndsWith(caller.ReadUntil("]"), "[/x tls]"));
  EXPECT_TRUE(absl::EndsWith(caller.ReadUntil("]"), "[/x tls]"));
}

TEST(TlsTransportTest, RefusesOtherProtocolsAndOldVersions) {
  const TestCertificate certificate;
  RunningListener listener(Echo, Limits(), Identity(certificate));
  EXPECT_FALSE(TlsCaller(listener.address(), certificate, {.protocols = "\x02h2"}).connected());
  EXPECT_TRUE(
      TlsCaller(listener.address(), certificate, {.protocols = "\x02h2\x08http/1.1"}).connected());
  EXPECT_TRUE(TlsCaller(listener.address(), certificate, {.protocols = ""}).connected());
  EXPECT_FALSE(TlsCaller(listener.address(), certificate, {.newest = TLS1_1_VERSION}).connected());
  EXPECT_TRUE(TlsCaller(listener.address(), certificate, {.newest = TLS1_2_VERSION}).connected());
}

TEST(TlsTransportTest, ClosesOnClearText) {
  const TestCertificate certificate;
  RunningListener listener(Echo, Limits(), Identity(certificate));
  HttpCaller caller(listener.address());
  caller.Send(kGet);
  caller.ReadToEnd();
  EXPECT_TRUE(Eventually([&] { return listener.connections() == 0; }));
}

TEST(TlsTransportTest, CutsAHandshakeThatDoesNotComeToItsEnd) {
  const TestCertificate certificate;
  Limits limits;
  limits.head = absl::Milliseconds(50);
  RunningListener listener(Echo, limits, Identity(certificate));
  TlsCaller shaken(listener.address(), certificate);
  HttpCaller caller(listener.address());
  caller.Send("\x16\x03\x01");
  EXPECT_EQ(caller.ReadToEnd(), "");
  shaken.Send(kGet);  // the limit was not its
  EXPECT_TRUE(absl::EndsWith(shaken.ReadUntil("]"), "[/x tls]"));
}

TEST(TlsTransportTest, CarriesLargeBodiesBothWays) {
  class EchoBody : public RequestReceiver {
   public:
    explicit EchoBody(ResponseWriter* writer) : writer_(writer) {}
    loop::Flow OnBody(absl::string_view bytes) override {
      absl::StrAppend(&body_, bytes);
      return loop::Flow::kContinue;
    }
    void OnBodyEnd() override { writer_->Respond(ResponseHead(200), body_); }
    void OnWritable() override {}
    void OnDrain() override {}

   private:
    ResponseWriter* writer_;
    std::string body_;
  };
  const TestCertificate certificate;
  RunningListener listener(
      [](const RequestHead&, ResponseWriter* writer) { return std::make_unique<EchoBody>(writer); },
      Limits(), Identity(certificate));
  TlsCaller caller(listener.address(), certificate, {.receive_buffer = 8192});
  std::string body;
  for (int i = 0; body.size() < (4u << 20); ++i) absl::StrAppend(&body, i, ",");
  caller.Send(absl::StrCat("POST /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: ",
                           body.size(), "\r\n\r\n", body));
  caller.ReadUntil("\r\n\r\n");
  EXPECT_TRUE(caller.ReadToEnd() == body);
  EXPECT_TRUE(caller.ended_well());
}

TEST(TlsTransportTest, LeavesAnAbortedResponseWithoutCloseNotify) {
  const TestCertificate certificate;
  RunningListener listener(
      [](const RequestHead&, ResponseWriter* writer) -> Receiver {
        writer->Start(ResponseHead(200));
        writer->Write("hello");
        writer->Abort();
        return nullptr;
      },
      Limits(), Identity(certificate));
  TlsCaller caller(listener.address(), certificate);
  caller.Send(kGet);
  EXPECT_TRUE(absl::EndsWith(caller.ReadToEnd(), "5\r\nhello\r\n"));
  EXPECT_FALSE(caller.ended_well());
}

TEST(TlsTransportTest, ShowsTheNewCertificateToNewCallersAndKeepsOldConnections) {
  const TestCertificate old;
  const TestCertificate renewed;
  const std::string certificate_file = testing::TempDir() + "/rotated.pem";
  const std::string key_file = testing::TempDir() + "/rotated.key";
  const auto install = [&](const TestCertificate& certificate) {
    std::ofstream(certificate_file) << certificate.certificate_pem();
    std::ofstream(key_file) << certificate.key_pem();
  };
  install(old);
  auto identity = TlsIdentity::Load(certificate_file, key_file);
  ASSERT_TRUE(identity.ok()) << identity.status();
  RunningListener listener(Echo, Limits(), *identity);
  TlsCaller before(listener.address(), old);
  ASSERT_TRUE(before.connected());
  EXPECT_FALSE(TlsCaller(listener.address(), renewed).connected());
  install(renewed);
  EXPECT_TRUE(Eventually([&] { return TlsCaller(listener.address(), renewed).connected(); }));
  EXPECT_FALSE(TlsCaller(listener.address(), old).connected());
  before.Send(kGet);
  EXPECT_TRUE(absl::EndsWith(before.ReadUntil("]"), "[/x tls]"));
}

}  // namespace
}  // namespace portico::http
