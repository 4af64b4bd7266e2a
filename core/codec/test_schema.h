// Message types in a descriptor pool of their own, so that tests can change them.
#ifndef PORTICO_CORE_CODEC_TEST_SCHEMA_H_
#define PORTICO_CORE_CODEC_TEST_SCHEMA_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>

#include <memory>
#include <string>
#include <vector>

namespace portico::codec {

class TestSchema {
 public:
  // Copies of files, imported ones first; they may also import files compiled into the
  // test.
  explicit TestSchema(const std::vector<google::protobuf::FileDescriptorProto>& files);

  // By full name; dies when there is none.
  const google::protobuf::Descriptor* Message(const std::string& name) const;
  std::unique_ptr<google::protobuf::Message> New(const google::protobuf::Descriptor* type) const;

 private:
  void Build(const google::protobuf::FileDescriptorProto& file);

  google::protobuf::DescriptorPool pool_;
  mutable google::protobuf::DynamicMessageFactory factory_{&pool_};
};

// What TestSchema copies: the files of the types, without services.
std::vector<google::protobuf::FileDescriptorProto> FilesOf(
    const std::vector<const google::protobuf::Descriptor*>& types);

// `file` once for every field of its messages (nested ones, too) but unmodeled_json,
// each time without that field.
std::vector<google::protobuf::FileDescriptorProto> WithoutEachField(
    const google::protobuf::FileDescriptorProto& file);

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_TEST_SCHEMA_H_
