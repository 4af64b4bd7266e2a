#include "gateway/http/request_caller.h"

#include <gtest/gtest.h>

namespace portico::http {
namespace {

TEST(RequestCallerTest, FindsFieldsInAnyCase) {
  RequestHead head;
  head.fields = {{"X-API-Key", "a"}, {"x-api-key", "b"}};
  EXPECT_EQ(RequestCaller(head).Field("x-Api-KEY"), "a");
  EXPECT_EQ(RequestCaller(head).Field("authorization"), std::nullopt);
}

TEST(RequestCallerTest, DecodesTheQuery) {
  RequestHead head;
  head.target = "/a?x=1&api%5Fkey=a%2Fb+c&key=%zz&key=2&alone";
  const RequestCaller caller(head);
  EXPECT_EQ(caller.Query("x"), "1");
  EXPECT_EQ(caller.Query("api_key"), "a/b c");
  EXPECT_EQ(caller.Query("key"), std::nullopt);
  EXPECT_EQ(caller.Query("alone"), std::nullopt);
  EXPECT_EQ(caller.Query("X"), std::nullopt);
  head.target = "/a";
  EXPECT_EQ(RequestCaller(head).Query("x"), std::nullopt);
}

}  // namespace
}  // namespace portico::http
