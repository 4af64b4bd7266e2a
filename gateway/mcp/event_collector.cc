#include "gateway/mcp/event_collector.h"
