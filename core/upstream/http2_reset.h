// Makes a cancelled HTTP/2 exchange known to the upstream at once.
//
// libcurl 7.88 writes the RST_STREAM of a transfer that is removed early into the
// connection's buffer and leaves it there until another transfer sends or hears
// something: the upstream works on for nobody. Two remedies, both harmless to
// HTTP/1.1:
//  - a connection that nobody else uses is closed (CloseUnlessShared);
//  - on one that is shared, ending a pause of another transfer, even one that
//    did not exist, makes libcurl write out what is buffered (FlushThrough).
//
// Not from inside libcurl's callbacks, except CloseUnlessShared.
#ifndef PORTICO_CORE_UPSTREAM_HTTP2_RESET_H_
#define PORTICO_CORE_UPSTREAM_HTTP2_RESET_H_

#include <curl/curl.h>

namespace portico::upstream {

// Before the transfer ends: its connection is not kept for later ones, unless
// others are using it. The handle must not be used for another transfer.
void CloseUnlessShared(CURL* easy);

// Names the connection that a transfer uses (its local port); 0 while it has none.
long ConnectionOf(CURL* easy);

// Writes out what the connection of `easy` has buffered. `easy` must not be paused.
// False when it has no connection.
bool FlushThrough(CURL* easy);

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_HTTP2_RESET_H_
