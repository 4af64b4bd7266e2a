// The lists that an MCP server may say it has changed: of tools, of resources (with their
// templates) and of prompts.
//
// Plain data; any thread.
#ifndef PORTICO_GATEWAY_MCP_LIST_KINDS_H_
#define PORTICO_GATEWAY_MCP_LIST_KINDS_H_

namespace portico::mcp {

struct ListKinds {
  bool tools = false;
  bool resources = false;
  bool prompts = false;

  static ListKinds All() { return {true, true, true}; }
  bool any() const { return tools || resources || prompts; }

  ListKinds operator&(ListKinds other) const {
    return {tools && other.tools, resources && other.resources, prompts && other.prompts};
  }
  ListKinds operator|(ListKinds other) const {
    return {tools || other.tools, resources || other.resources, prompts || other.prompts};
  }
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_LIST_KINDS_H_
