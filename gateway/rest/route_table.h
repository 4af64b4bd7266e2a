// Finds the route of a request: a tree of path segments, built once from a Plan.
//
// Immutable; any thread. The Plan must outlive it.
#ifndef PORTICO_GATEWAY_REST_ROUTE_TABLE_H_
#define PORTICO_GATEWAY_REST_ROUTE_TABLE_H_

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/plan/plan.h"

namespace portico::rest {

struct RouteMatch {
  std::size_t route = 0;              // index into Plan::routes()
  std::vector<std::string> captures;  // per placeholder of its path, escapes undone
  bool found = false;
  // When not found: methods that routes of this path do have; empty when the path
  // is nobody's. With GET comes HEAD.
  std::set<std::string> allowed;
};

class RouteTable {
 public:
  explicit RouteTable(const plan::Plan& plan);
  ~RouteTable();

  // `path` is percent-encoded, without the query, and its escapes are complete. At
  // each segment a literal wins over text around a placeholder, and that over a
  // placeholder alone, whatever the order in the files; where the rest of the path
  // or the method then fits nothing, the next is tried. Literals are compared with
  // escapes undone. A placeholder alone also takes an empty segment, so that the
  // caller can be told which value is missing.
  RouteMatch Find(absl::string_view method, absl::string_view path) const;

 private:
  struct Node;
  class Search;
  void Add(const plan::Route& route, std::size_t index);

  std::unique_ptr<Node> root_;
};

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_ROUTE_TABLE_H_
