// Identifiers in the vendors' forms. Random, so that two runs of the stand-ins
// never mix; not for secrets.
//
// Threads: one per instance.
#ifndef PORTICO_DEMO_RANDOM_ID_H_
#define PORTICO_DEMO_RANDOM_ID_H_

#include <random>
#include <string>

namespace portico::demo {

class RandomId {
 public:
  RandomId() : engine_(std::random_device()()) {}

  // 851c1d88-2bbd-4cbc-8dfe-2d6f587104d9 (version 4, RFC 4122)
  std::string Uuid();
  // `length` characters of [a-z0-9]
  std::string Suffix(int length);

 private:
  std::mt19937_64 engine_;
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_RANDOM_ID_H_
