#include "gateway/mcp/tool_catalog.h"
