#include "core/synthesis/proto_source.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include "core/synthesis/source_comments.h"

namespace portico::synthesis {
namespace {

TEST(ProtoSourceTest, PrintsWhatProtocReads) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("a/v1/a.proto");
  file.set_package("a.v1");
  file.set_syntax("proto3");
  file.add_message_type()->set_name("M");
  auto* field = file.mutable_message_type(0)->add_field();
  field->set_name("a_b");
  field->set_json_name("a[\"b\"]");
  field->set_number(262144);
  field->set_type(google::protobuf::FieldDescriptorProto::TYPE_STRING);
  field->set_label(google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL);
  SourceComments comments(&file);
  comments.Add({4, 0},
               "A message\x01 of   many words, so many that they do not fit into one line, "
               "but two.\n\nMore. */ \\");
  comments.Add({4, 0, 2, 0}, " ");
  google::protobuf::DescriptorPool pool;
  EXPECT_EQ(ProtoSource(*pool.BuildFile(file)), R"(// a/v1/a.proto

syntax = "proto3";

package a.v1;

// A message of many words, so many that they do not fit into one line, but
// two.
//
// More. */ /
message M {
  string a_b = 262144 [json_name = "a[\"b\"]"];
}
)");
}

}  // namespace
}  // namespace portico::synthesis
