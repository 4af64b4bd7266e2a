#include "gateway/rest/passed_fields.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "core/codec/media_type.h"
#include "core/invoke/call.h"
#include "gateway/http/problem.h"

namespace portico::rest {
namespace {

constexpr absl::string_view kForUpstream[] = {
    "accept-encoding", "accept-language",     "baggage",
    "if-match",        "if-modified-since",   "if-none-match",
    "if-range",        "if-unmodified-since", "range",
};

constexpr absl::string_view kForEventStream[] = {"accept-language", "baggage", "last-event-id"};

constexpr absl::string_view kKeptBack[] = {
    // Of the connection (RFC 9110, 7.6.1).
    "connection",
    "content-length",
    "date",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    // Of Portico's own credentials with the upstream.
    "authentication-info",
    "proxy-authenticate",
    "proxy-authentication-info",
    "set-cookie",
    "set-cookie2",
    "www-authenticate",
    // About the upstream's own origin, which is not this one.
    "alt-svc",
    "public-key-pins",
    "strict-transport-security",
    // Said by Portico itself.
    "portico-source",
};

template <typename Names>
bool Holds(const Names& names, absl::string_view name) {
  return std::any_of(std::begin(names), std::end(names), [&](absl::string_view one) {
    return one.size() == name.size() && absl::EqualsIgnoreCase(one, name);
  });
}

template <typename Names>
std::vector<plan::Header> Pick(const http::RequestHead& head, const Names& names) {
  std::vector<plan::Header> picked;
  for (const http::RequestField& field : head.fields) {
    if (Holds(names, field.name) || Holds(invoke::kForwardedHeaders, field.name)) {
      picked.push_back({absl::AsciiStrToLower(field.name), std::string(field.value)});
    }
  }
  return picked;
}

// Whether some `Connection` of the head names the field.
bool NamedByConnection(const upstream::ResponseHead& head, absl::string_view name) {
  for (const upstream::Header& header : head.headers) {
    if (!absl::EqualsIgnoreCase(header.name, "connection")) continue;
    for (const absl::string_view named : absl::StrSplit(header.value, ',')) {
      if (absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(named), name)) return true;
    }
  }
  return false;
}

// "keep-alive" and "close" name no field: the common case is quick.
bool ConnectionNamesFields(const upstream::ResponseHead& head) {
  return std::any_of(head.headers.begin(), head.headers.end(), [](const upstream::Header& header) {
    return absl::EqualsIgnoreCase(header.name, "connection") &&
           !absl::EqualsIgnoreCase(header.value, "keep-alive") &&
           !absl::EqualsIgnoreCase(header.value, "close");
  });
}

}  // namespace

std::vector<plan::Header> FieldsForUpstream(const http::RequestHead& head) {
  return Pick(head, kForUpstream);
}

std::vector<plan::Header> FieldsForEventStream(const http::RequestHead& head) {
  return Pick(head, kForEventStream);
}

void PassFields(const upstream::ResponseHead& from, http::ResponseHead* to) {
  const bool names_fields = ConnectionNamesFields(from);
  for (const upstream::Header& header : from.headers) {
    if (Holds(kKeptBack, header.name) ||
        absl::StartsWithIgnoreCase(header.name, "access-control-") ||
        (names_fields && NamedByConnection(from, header.name))) {
      continue;
    }
    to->Add(header.name, header.value);
  }
  const std::string* const type = from.Find("content-type");
  if (type != nullptr && !codec::IsJsonType(*type) && !codec::IsEventStream(*type)) {
    // What a browser would show or run is none of this origin's.
    to->Add("X-Content-Type-Options", "nosniff");
    to->Add("Content-Security-Policy", "sandbox");
  }
  const std::string* const length = from.Find("content-length");
  std::uint64_t bytes = 0;
  if (length != nullptr && from.Find("transfer-encoding") == nullptr &&
      absl::SimpleAtoi(*length, &bytes)) {
    to->set_content_length(bytes);
  }
}

std::vector<plan::Header> FieldsToAnswer(const http::RequestHead& head) {
  std::vector<plan::Header> answered;
  for (const char* name : {"X-Request-Id", "traceparent"}) {
    if (const absl::string_view* value = head.Find(name)) {
      answered.push_back({name, std::string(*value)});
    }
  }
  return answered;
}

}  // namespace portico::rest
