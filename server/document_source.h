// Where `portico import` reads a document from.
#ifndef PORTICO_SERVER_DOCUMENT_SOURCE_H_
#define PORTICO_SERVER_DOCUMENT_SOURCE_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/upstream/curl_options.h"

namespace portico::server {

constexpr std::size_t kMaxDocumentBytes = 32u << 20;

// Whether `source` is fetched rather than opened.
bool IsUrl(absl::string_view source);

// The text of the file, or of what an http(s) URL answers within a minute. A message goes
// on after the source's name: "cannot be read: ...". Runs an event loop on the calling
// thread until it is done; not with another curl user in the process.
absl::StatusOr<std::string> ReadSource(const std::string& source,
                                       const upstream::CurlOptions& options);

}  // namespace portico::server

#endif  // PORTICO_SERVER_DOCUMENT_SOURCE_H_
