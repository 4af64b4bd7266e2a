// The Date field of responses (RFC 9110, 6.6.1 and 5.6.7), made once a second.
//
// One thread at a time.
#ifndef PORTICO_GATEWAY_HTTP_DATE_FIELD_H_
#define PORTICO_GATEWAY_HTTP_DATE_FIELD_H_

#include <ctime>

#include "absl/strings/string_view.h"

namespace portico::http {

class DateField {
 public:
  // "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n", until the next call.
  absl::string_view At(std::time_t now);

 private:
  std::time_t made_for_ = -1;
  char text_[48];
  std::size_t size_ = 0;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_DATE_FIELD_H_
