// JSON on standard input, the wire bytes of a message on standard output.
//
// Usage: encode_message FULL_MESSAGE_NAME. For load generators that send bytes.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>

#include <iostream>
#include <iterator>
#include <memory>
#include <string>

int main(int argc, char** argv) {
  const auto* type =
      argc == 2 ? google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(argv[1])
                : nullptr;
  if (type == nullptr) {
    std::cerr << "usage: encode_message FULL_MESSAGE_NAME < JSON\n";
    return 2;
  }
  const std::string json(std::istreambuf_iterator<char>(std::cin), {});
  google::protobuf::DynamicMessageFactory factory;
  const std::unique_ptr<google::protobuf::Message> message(factory.GetPrototype(type)->New());
  const auto status = google::protobuf::util::JsonStringToMessage(json, message.get());
  if (!status.ok()) {
    std::cerr << "encode_message: " << status.message() << "\n";
    return 1;
  }
  return message->SerializeToOstream(&std::cout) ? 0 : 1;
}
