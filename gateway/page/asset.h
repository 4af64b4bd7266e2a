// The files of the page for people: compressed in the binary, never unpacked here.
// They take no memory until they are asked for.
//
// Constants; any thread, any time.
#ifndef PORTICO_GATEWAY_PAGE_ASSET_H_
#define PORTICO_GATEWAY_PAGE_ASSET_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace portico::page {

struct Asset {
  absl::string_view path;  // as in a request's target, without a query: "/", "/page/page.js"
  absl::string_view content_type;
  absl::string_view etag;  // strong, with its quotes; of the compressed bytes
  absl::string_view gzip;  // the body, for `Content-Encoding: gzip`
};

// Sorted by path.
absl::Span<const Asset> Assets();

// Null when there is no such asset.
const Asset* FindAsset(absl::string_view path);

// To be sent with every asset. Nothing comes from or goes to elsewhere; Swagger UI's
// icons are `data:`.
inline constexpr char kContentSecurityPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// Browsers keep the assets and ask each time whether they are still good: a newer
// Portico at the same address is seen at once.
inline constexpr char kCacheControl[] = "no-cache";

}  // namespace portico::page

#endif  // PORTICO_GATEWAY_PAGE_ASSET_H_
