#include "core/codec/test_schema.h"

#include <cstdlib>
#include <functional>

namespace portico::codec {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FileDescriptorProto;

void RemoveField(DescriptorProto* message, int index) {
  const auto field = message->field(index);
  message->mutable_field()->DeleteSubrange(index, 1);
  if (!field.proto3_optional()) return;
  message->mutable_oneof_decl()->DeleteSubrange(field.oneof_index(), 1);
  for (auto& other : *message->mutable_field()) {
    if (other.has_oneof_index() && other.oneof_index() > field.oneof_index()) {
      other.set_oneof_index(other.oneof_index() - 1);
    }
  }
}

// Every message in `messages` and inside them, but map entries.
void ForEachMessage(google::protobuf::RepeatedPtrField<DescriptorProto>* messages,
                    const std::function<void(DescriptorProto*)>& visit) {
  for (DescriptorProto& message : *messages) {
    if (message.options().map_entry()) continue;
    visit(&message);
    ForEachMessage(message.mutable_nested_type(), visit);
  }
}

}  // namespace

TestSchema::TestSchema(const std::vector<FileDescriptorProto>& files) {
  for (const FileDescriptorProto& file : files) Build(file);
}

void TestSchema::Build(const FileDescriptorProto& file) {
  for (const std::string& name : file.dependency()) {
    if (pool_.FindFileByName(name) != nullptr) continue;
    FileDescriptorProto imported;
    google::protobuf::DescriptorPool::generated_pool()->FindFileByName(name)->CopyTo(&imported);
    Build(imported);
  }
  if (pool_.BuildFile(file) == nullptr) std::abort();
}

const google::protobuf::Descriptor* TestSchema::Message(const std::string& name) const {
  const auto* found = pool_.FindMessageTypeByName(name);
  if (found == nullptr) std::abort();
  return found;
}

std::unique_ptr<google::protobuf::Message> TestSchema::New(
    const google::protobuf::Descriptor* type) const {
  return std::unique_ptr<google::protobuf::Message>(factory_.GetPrototype(type)->New());
}

std::vector<FileDescriptorProto> FilesOf(
    const std::vector<const google::protobuf::Descriptor*>& types) {
  std::vector<FileDescriptorProto> files;
  for (const auto* type : types) {
    FileDescriptorProto& file = files.emplace_back();
    type->file()->CopyTo(&file);
    file.clear_service();
  }
  return files;
}

std::vector<FileDescriptorProto> WithoutEachField(const FileDescriptorProto& file) {
  std::vector<FileDescriptorProto> result;
  int total = 0;
  FileDescriptorProto counted = file;
  ForEachMessage(counted.mutable_message_type(),
                 [&](DescriptorProto* message) { total += message->field_size(); });
  for (int wanted = 0; wanted < total; ++wanted) {
    FileDescriptorProto reduced = file;
    int first = 0;
    bool removed = false;
    ForEachMessage(reduced.mutable_message_type(), [&](DescriptorProto* message) {
      const int index = wanted - first;
      first += message->field_size();
      if (removed || index < 0 || index >= message->field_size()) return;
      if (message->field(index).name() == "unmodeled_json") return;
      RemoveField(message, index);
      removed = true;
    });
    if (removed) result.push_back(std::move(reduced));
  }
  return result;
}

}  // namespace portico::codec
