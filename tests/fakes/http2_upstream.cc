#include "tests/fakes/http2_upstream.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

extern char** environ;

namespace portico::fakes {
namespace {

constexpr char kScript[] = "tests/fakes/http2_upstream.js";

std::string FirstLine(int file) {
  std::string line;
  char byte;
  while (read(file, &byte, 1) == 1 && byte != '\n') line.push_back(byte);
  return line;
}

}  // namespace

Http2Upstream::Http2Upstream(const TestCertificate& certificate) {
  std::array<int, 2> in, out;
  if (pipe2(in.data(), O_CLOEXEC) != 0 || pipe2(out.data(), O_CLOEXEC) != 0) std::abort();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  std::string key = certificate.key_file();
  std::string chain = certificate.certificate_file();
  std::string node = "node", script = kScript;
  char* const arguments[] = {node.data(), script.data(), key.data(), chain.data(), nullptr};
  const int failed = posix_spawnp(&process_, "node", &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(in[0]);
  close(out[1]);
  input_ = in[1];
  if (failed == 0) {
    port_ = std::atoi(FirstLine(out[0]).c_str());
  } else {
    process_ = 0;
  }
  close(out[0]);
}

Http2Upstream::~Http2Upstream() {
  close(input_);
  if (process_ != 0) waitpid(process_, nullptr, 0);
}

}  // namespace portico::fakes
