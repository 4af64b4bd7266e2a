// Whether doors that other machines reach are closed to strangers.
#ifndef PORTICO_SERVER_PUBLIC_DOORS_H_
#define PORTICO_SERVER_PUBLIC_DOORS_H_

#include <string>

#include "absl/status/status.h"
#include "core/plan/plan.h"

namespace portico::server {

// Addresses of the three doors, as given.
struct DoorAddresses {
  std::string grpc;
  std::string rest;
  std::string mcp;
};

// FailedPrecondition, naming one open method, route, tool,
// resource or prompt, when a public address serves
// any (listen_address.h). For each Plan that is to be served there. What holds no key is
// no reason: health, reflection, the OpenAPI document and the page for people.
absl::Status CheckPublicDoors(const plan::Plan& plan, const DoorAddresses& addresses);

}  // namespace portico::server

#endif  // PORTICO_SERVER_PUBLIC_DOORS_H_
