// Writes the table behind ProtoComments() as C++: comment_table SET > OUT, with a
// FileDescriptorSet that has source information. Run by the build.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "gateway/openapi/comment_text.h"

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::ServiceDescriptor;

class Table {
 public:
  void AddNames(const FileDescriptor& file) {
    for (int i = 0; i < file.message_type_count(); ++i) {
      const Descriptor& message = *file.message_type(i);
      for (int j = 0; j < message.field_count(); ++j) {
        names_[message.field(j)->name()] = message.field(j)->json_name();
      }
    }
  }

  void Add(const FileDescriptor& file) {
    for (int i = 0; i < file.service_count(); ++i) {
      const ServiceDescriptor& service = *file.service(i);
      Add(service);
      for (int j = 0; j < service.method_count(); ++j) Add(*service.method(j));
    }
    for (int i = 0; i < file.message_type_count(); ++i) {
      const Descriptor& message = *file.message_type(i);
      Add(message);
      for (int j = 0; j < message.field_count(); ++j) Add(*message.field(j));
    }
  }

  void Print() const {
    std::cout << "#include \"gateway/openapi/proto_comments.h\"\n\n"
                 "namespace portico::openapi {\n\n"
                 "absl::Span<const ProtoComment> ProtoComments() {\n"
                 "  static constexpr ProtoComment kComments[] = {\n";
    for (const auto& [name, text] : comments_) {
      std::cout << "      {\"" << name << "\", \"" << absl::CEscape(text) << "\"},\n";
    }
    std::cout << "  };\n  return kComments;\n}\n\n}  // namespace portico::openapi\n";
  }

 private:
  template <typename Element>
  void Add(const Element& element) {
    google::protobuf::SourceLocation location;
    if (!element.GetSourceLocation(&location)) return;
    const std::string text = portico::openapi::CommentText(location.leading_comments, names_);
    if (!text.empty()) comments_[element.full_name()] = text;
  }

  std::map<std::string, std::string> names_;
  std::map<std::string, std::string> comments_;
};

}  // namespace

int main(int argc, char** argv) {
  google::protobuf::FileDescriptorSet set;
  std::ifstream file(argc == 2 ? argv[1] : "", std::ios::binary);
  if (!set.ParseFromIstream(&file)) {
    std::cerr << "usage: comment_table SET > OUT\n";
    return 1;
  }
  google::protobuf::DescriptorPool pool;
  Table table;
  for (const auto& proto : set.file()) {
    const FileDescriptor* built = pool.BuildFile(proto);
    if (built != nullptr) table.AddNames(*built);
  }
  for (const auto& proto : set.file()) {
    const FileDescriptor* built = pool.FindFileByName(proto.name());
    if (built != nullptr && !absl::StartsWith(built->package(), "google.")) table.Add(*built);
  }
  table.Print();
  return 0;
}
