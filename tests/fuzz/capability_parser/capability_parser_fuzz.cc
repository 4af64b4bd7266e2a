// Any text as a capability file: parsed, advised on, compiled and described within
// bounds, with an error whenever nothing comes of it; and what is synthesised for gRPC is
// a file that Protobuf's own parser reads.
#include <google/protobuf/compiler/parser.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/capability/capability_lint.h"
#include "core/capability/capability_parser.h"
#include "core/plan/plan_compiler.h"
#include "core/plan/plan_table.h"
#include "core/synthesis/proto_source.h"

namespace {

namespace capability = portico::capability;
namespace plan = portico::plan;
namespace protobuf = google::protobuf;

void Require(bool condition) {
  if (!condition) std::abort();
}

void RequireOrdered(const capability::Findings& findings) {
  int line = 0;
  for (const capability::Finding& finding : findings) {
    Require(finding.place.line >= line || finding.place.line == 0);
    line = finding.place.line;
  }
}

class NoErrors final : public protobuf::io::ErrorCollector {
 public:
  void AddError(int, int, const std::string&) override { std::abort(); }
};

void RequireReadable(const plan::Plan& compiled) {
  std::set<const protobuf::FileDescriptor*> files;
  for (const plan::Method& method : compiled.methods()) files.insert(method.descriptor->file());
  for (const protobuf::FileDescriptor* file : files) {
    const std::string source = portico::synthesis::ProtoSource(*file);
    protobuf::io::ArrayInputStream stream(source.data(), static_cast<int>(source.size()));
    NoErrors errors;
    protobuf::io::Tokenizer tokenizer(&stream, &errors);
    protobuf::compiler::Parser parser;
    parser.RecordErrorsTo(&errors);
    protobuf::FileDescriptorProto read;
    Require(parser.Parse(&tokenizer, &read));
    Require(read.message_type_size() == file->message_type_count());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  capability::Findings findings;
  std::optional<capability::Capability> parsed = capability::ParseCapability(
      "f.yaml", absl::string_view(reinterpret_cast<const char*>(data), size), &findings);
  Require(parsed.has_value() != capability::HasErrors(findings));
  RequireOrdered(findings);
  if (!parsed.has_value()) return 0;
  findings.clear();
  capability::FindingLog advice("f.yaml", &findings);
  capability::Advise(*parsed, &advice);
  advice.Close();
  Require(!capability::HasErrors(findings));
  findings.clear();
  std::vector<capability::Capability> capabilities;
  capabilities.push_back(*std::move(parsed));
  const auto compiled = plan::CompilePlan(capabilities, {}, &findings);
  Require((compiled != nullptr) != capability::HasErrors(findings));
  if (compiled == nullptr) return 0;
  plan::DescribePlan(*compiled);
  RequireReadable(*compiled);
  return 0;
}
