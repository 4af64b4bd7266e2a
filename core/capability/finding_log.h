// Collects what is to be said about one file, up to a bound.
//
// Not thread-safe. The Findings must outlive the log.
#ifndef PORTICO_CORE_CAPABILITY_FINDING_LOG_H_
#define PORTICO_CORE_CAPABILITY_FINDING_LOG_H_

#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/capability/finding.h"

namespace portico::capability {

class FindingLog {
 public:
  // A file with more findings than this is not read by anyone to the end.
  static constexpr std::size_t kLimit = 1000;

  FindingLog(std::string file, Findings* findings) : file_(std::move(file)), findings_(findings) {}

  void Error(Rule rule, int line, std::string key, std::string message, std::string fix = "") {
    has_errors_ = true;
    Add({Severity::kError,
         {file_, line},
         std::move(key),
         std::move(message),
         rule,
         std::move(fix)});
  }
  void Warn(Rule rule, int line, std::string key, std::string message, std::string fix = "") {
    Add({Severity::kWarning,
         {file_, line},
         std::move(key),
         std::move(message),
         rule,
         std::move(fix)});
  }
  void Note(Rule rule, int line, std::string key, std::string message, std::string fix = "") {
    Add({Severity::kNote, {file_, line}, std::move(key), std::move(message), rule, std::move(fix)});
  }

  // Says how many findings went over the limit; call once, at the end.
  void Close() {
    if (omitted_ == 0) return;
    findings_->push_back({has_errors_ ? Severity::kError : Severity::kWarning,
                          {file_, 0},
                          "",
                          absl::StrCat("has ", omitted_, " more findings, not shown"),
                          Rule::kFileLimits});
  }

  // Whether further findings are only counted: not worth a search for suggestions.
  bool full() const { return added_ >= kLimit; }
  const std::string& file() const { return file_; }
  bool has_errors() const { return has_errors_; }

 private:
  void Add(Finding finding) {
    if (added_++ < kLimit) {
      findings_->push_back(std::move(finding));
    } else {
      ++omitted_;
    }
  }

  std::string file_;
  Findings* findings_;
  std::size_t added_ = 0;
  std::size_t omitted_ = 0;
  bool has_errors_ = false;
};

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_FINDING_LOG_H_
