#include "gateway/mcp/tool_arguments.h"
