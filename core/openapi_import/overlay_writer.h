// What an Api says and no capability file can: body encodings, array styles, variables
// of the base URI, several credentials, OAuth. As an overlay (proto/portico/v1/overlay.proto).
//
// Pure function; any thread.
#ifndef PORTICO_CORE_OPENAPI_IMPORT_OVERLAY_WRITER_H_
#define PORTICO_CORE_OPENAPI_IMPORT_OVERLAY_WRITER_H_

#include "core/openapi_import/api.h"
#include "core/openapi_import/capability_writer.h"

namespace portico::openapi_import {

// Null when the capability file says everything.
Json WriteOverlay(const Api& api);

}  // namespace portico::openapi_import

#endif  // PORTICO_CORE_OPENAPI_IMPORT_OVERLAY_WRITER_H_
