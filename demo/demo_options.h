// How the stand-ins behave.
#ifndef PORTICO_DEMO_DEMO_OPTIONS_H_
#define PORTICO_DEMO_DEMO_OPTIONS_H_

#include <string>

namespace portico::demo {

struct DemoOptions {
  // Multiplies every wait of the stand-ins (1: as recorded). Above 0; tests use
  // 0.01.
  double time_scale = 1.0;
  // The bearer token that the stand-ins accept.
  std::string token = "demo-token";
  // True: what a capability file promises and today's vendor does not have is a
  // 404 as recorded (Backstage's .../logs, Northflank's .../run). False: the
  // stand-ins serve both forms.
  bool strict_vendor = false;
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_DEMO_OPTIONS_H_
