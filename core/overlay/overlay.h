// An overlay file as it is written (portico/v1/overlay.proto), with the line of each
// key. What it names is checked where it is applied (core/plan/overlay_compiler.h).
//
// Plain data; any thread.
#ifndef PORTICO_CORE_OVERLAY_OVERLAY_H_
#define PORTICO_CORE_OVERLAY_OVERLAY_H_

#include <string>

#include "core/capability/message_reader.h"
#include "portico/v1/overlay.pb.h"

namespace portico::overlay {

struct Overlay {
  std::string file;  // as given to the parser
  v1::OverlayFile content;
  capability::KeyLines lines;
};

}  // namespace portico::overlay

#endif  // PORTICO_CORE_OVERLAY_OVERLAY_H_
