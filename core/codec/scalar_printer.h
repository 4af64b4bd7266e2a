// A scalar field's wire value to JSON text.
//
// Pure but for what it writes; any thread.
#ifndef PORTICO_CORE_CODEC_SCALAR_PRINTER_H_
#define PORTICO_CORE_CODEC_SCALAR_PRINTER_H_

#include "core/codec/json_writer.h"
#include "core/codec/message_plan.h"
#include "core/codec/wire_cursor.h"

namespace portico::codec {

// `kind` is a string, bool or number, `field` of its wire type. Null when printed,
// otherwise why JSON cannot show the value: "not UTF-8", "more than 32 bits", ...
const char* PrintScalar(Kind kind, const WireField& field, JsonWriter* out);

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_SCALAR_PRINTER_H_
