#include "gateway/rest/route_table.h"

#include <map>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/plan/path_template.h"
#include "core/plan/percent_encoding.h"

namespace portico::rest {
namespace {

// "/v1/tasks" -> "v1", "tasks".
std::vector<absl::string_view> SegmentsOf(absl::string_view path) {
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  return absl::StrSplit(path, '/');
}

std::string Decoded(absl::string_view segment) {
  std::string decoded;
  plan::AppendDecoded(segment, &decoded);
  return decoded;
}

}  // namespace

struct RouteTable::Node {
  struct Mixed {  // a segment with text around its placeholders: "{id}.json"
    plan::PathTemplate segment;
    std::unique_ptr<Node> node;
  };

  absl::flat_hash_map<std::string, std::unique_ptr<Node>> literals;  // escapes undone
  std::vector<Mixed> mixed;
  std::unique_ptr<Node> placeholder;
  std::map<std::string, std::size_t, std::less<>> routes;  // by method
};

RouteTable::RouteTable(const plan::Plan& plan) : root_(std::make_unique<Node>()) {
  for (std::size_t i = 0; i < plan.routes().size(); ++i) Add(plan.routes()[i], i);
}

RouteTable::~RouteTable() = default;

void RouteTable::Add(const plan::Route& route, std::size_t index) {
  Node* node = root_.get();
  const auto enter = [&node](std::unique_ptr<Node>& next) {
    if (next == nullptr) next = std::make_unique<Node>();
    node = next.get();
  };
  for (const absl::string_view text : SegmentsOf(route.path.text())) {
    // A part of a path that has been parsed parses again.
    plan::PathTemplate segment = plan::PathTemplate::Parse(absl::StrCat("/", text)).value();
    if (segment.placeholders().empty()) {
      enter(node->literals[Decoded(text)]);
    } else if (segment.Shape() == "/{}") {
      enter(node->placeholder);
    } else {
      auto same = node->mixed.begin();
      while (same != node->mixed.end() && same->segment.Shape() != segment.Shape()) ++same;
      if (same == node->mixed.end()) {
        same = node->mixed.insert(same, {std::move(segment), nullptr});
      }
      enter(same->node);
    }
  }
  node->routes.emplace(route.http_method, index);
}

class RouteTable::Search {
 public:
  Search(absl::string_view method, absl::string_view path)
      : method_(method), segments_(SegmentsOf(path)) {}

  RouteMatch Run(const Node& root) {
    match_.found = From(root, 0);
    if (match_.found) match_.allowed.clear();
    return std::move(match_);
  }

 private:
  bool From(const Node& node, std::size_t at) {
    if (at == segments_.size()) return TakeRoute(node);
    const absl::string_view segment = segments_[at];
    const bool escaped = segment.find('%') != absl::string_view::npos;
    const auto literal =
        escaped ? node.literals.find(Decoded(segment)) : node.literals.find(segment);
    if (literal != node.literals.end() && From(*literal->second, at + 1)) return true;
    const std::size_t captured = match_.captures.size();
    for (const Node::Mixed& mixed : node.mixed) {
      std::vector<std::string> values;
      if (!mixed.segment.Match(absl::StrCat("/", segment), &values)) continue;
      for (std::string& value : values) match_.captures.push_back(std::move(value));
      if (From(*mixed.node, at + 1)) return true;
      match_.captures.resize(captured);
    }
    if (node.placeholder == nullptr) return false;
    match_.captures.push_back(Decoded(segment));
    if (From(*node.placeholder, at + 1)) return true;
    match_.captures.resize(captured);
    return false;
  }

  bool TakeRoute(const Node& node) {
    auto route = node.routes.find(method_);
    if (route == node.routes.end() && method_ == "HEAD") route = node.routes.find("GET");
    if (route != node.routes.end()) {
      match_.route = route->second;
      return true;
    }
    for (const auto& [method, index] : node.routes) {
      match_.allowed.insert(method);
      if (method == "GET") match_.allowed.insert("HEAD");
    }
    return false;
  }

  const absl::string_view method_;
  const std::vector<absl::string_view> segments_;
  RouteMatch match_;
};

RouteMatch RouteTable::Find(absl::string_view method, absl::string_view path) const {
  return Search(method, path).Run(*root_);
}

}  // namespace portico::rest
