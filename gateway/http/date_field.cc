#include "gateway/http/date_field.h"

namespace portico::http {

absl::string_view DateField::At(std::time_t now) {
  if (now != made_for_) {
    std::tm utc{};
    gmtime_r(&now, &utc);
    // In the "C" locale's names: nothing in Portico calls setlocale.
    size_ = std::strftime(text_, sizeof text_, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &utc);
    made_for_ = now;
  }
  return {text_, size_};
}

}  // namespace portico::http
