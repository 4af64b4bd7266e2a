// The field that keeps what no typed field can.
#ifndef PORTICO_CORE_CODEC_UNMODELED_JSON_H_
#define PORTICO_CORE_CODEC_UNMODELED_JSON_H_

namespace portico::codec {

// Field number of `string unmodeled_json` in every modelled message: the text of one
// JSON object that holds the members that no field took, verbatim and in order. In
// an element of a repeated field that is no object: the element's text.
inline constexpr int kUnmodeledJson = 1000;

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_UNMODELED_JSON_H_
