#include "gateway/mcp/era.h"

#include <algorithm>
#include <iterator>

#include "gateway/mcp/json_view.h"

namespace portico::mcp {
namespace {

bool IsDate(absl::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  return std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) == 8;
}

}  // namespace

bool IsModernVersion(absl::string_view version) {
  return IsDate(version) && version >= kModernVersion;
}

bool IsLegacyVersion(absl::string_view version) {
  return std::find(std::begin(kLegacyVersions), std::end(kLegacyVersions), version) !=
         std::end(kLegacyVersions);
}

Era EraOf(const Message& message, const std::optional<std::string>& version_field) {
  const absl::string_view meta = Member(message.params, "_meta");
  if (!Member(meta, kMetaVersion).empty()) return Era::kModern;
  const bool named = version_field.has_value() && IsModernVersion(*version_field);
  return named ? Era::kModern : Era::kLegacy;
}

absl::string_view Negotiate(absl::string_view wanted) {
  return IsLegacyVersion(wanted) ? wanted : kLegacyVersions[0];
}

bool TakesBatches(const std::optional<std::string>& version_field) {
  return !version_field.has_value() || *version_field == "2025-03-26" ||
         *version_field == "2024-11-05";
}

}  // namespace portico::mcp
