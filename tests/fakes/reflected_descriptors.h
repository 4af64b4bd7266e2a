// The descriptors of a service as a client without any .proto file learns them: by
// server reflection.
//
// Threads: one.
#ifndef PORTICO_TESTS_FAKES_REFLECTED_DESCRIPTORS_H_
#define PORTICO_TESTS_FAKES_REFLECTED_DESCRIPTORS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor_database.h>

#include <memory>
#include <string>

namespace portico::fakes {

class ReflectedDescriptors {
 public:
  // From the server at `address`. Aborts the test when it does not know `symbol`, a
  // full name.
  ReflectedDescriptors(const std::string& address, const std::string& symbol);

  const google::protobuf::DescriptorPool& pool() const { return *pool_; }

 private:
  google::protobuf::SimpleDescriptorDatabase files_;
  std::unique_ptr<google::protobuf::DescriptorPool> pool_;
};

}  // namespace portico::fakes

#endif  // PORTICO_TESTS_FAKES_REFLECTED_DESCRIPTORS_H_
