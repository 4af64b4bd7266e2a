#include "demo/test_client.h"

#include "absl/strings/numbers.h"

namespace portico::demo {

int PortOf(absl::string_view uri) {
  int port = 0;
  uri.remove_prefix(uri.rfind(':') + 1);
  (void)absl::SimpleAtoi(uri.substr(0, uri.find('/')), &port);
  return port;
}

}  // namespace portico::demo
