#include "gateway/mcp/tool_result.h"
