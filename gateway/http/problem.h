// A problem of Portico's own, as JSON (RFC 9457, application/problem+json). The
// types are explained in docs/problems.md.
//
// Pure; any thread.
#ifndef PORTICO_GATEWAY_HTTP_PROBLEM_H_
#define PORTICO_GATEWAY_HTTP_PROBLEM_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gateway/http/response_head.h"

namespace portico::http {

struct Problem {
  int status = 500;
  std::string reason;  // UPPER_SNAKE_CASE; `type` is made of it: urn:portico:problem:no-such-route
  std::string title;   // the same for every problem of the type
  std::string detail;  // this time: what, where, and what to do
  std::vector<std::pair<std::string, std::string>> violations;  // `errors`: field, description
  std::map<std::string, std::string> metadata;                  // further members, all strings
};

inline constexpr char kProblemType[] = "application/problem+json";

// Says who speaks, on every response: `portico`, or `upstream` for one that is passed on.
inline constexpr char kSourceField[] = "Portico-Source";

Problem MakeProblem(int status, std::string reason, std::string title, std::string detail);

std::string ToJson(const Problem& problem);
// Content-Type and Portico-Source set; the caller may add more, such as Allow.
ResponseHead HeadOf(const Problem& problem);

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_PROBLEM_H_
