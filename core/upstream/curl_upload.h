// The bytes of a request's body between the one who brings them and libcurl,
// which asks for them when the socket has room.
//
// Loop thread only.
#ifndef PORTICO_CORE_UPSTREAM_CURL_UPLOAD_H_
#define PORTICO_CORE_UPSTREAM_CURL_UPLOAD_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "core/upstream/upstream_client.h"

namespace portico::upstream {

class CurlUpload {
 public:
  explicit CurlUpload(const BodyStream& stream) : left_(stream.length) {}

  // What Exchange::Send and FinishBody say.
  Flow Add(absl::string_view bytes);
  void Finish() { finished_ = true; }
  // No byte more is wanted: what waits and what comes is dropped.
  void Drop();

  // libcurl's CURLOPT_READFUNCTION: fills `room`, or asks to be woken. Aborts when
  // the body was finished short of its length.
  std::size_t Read(char* room, std::size_t size);

  // Whether libcurl waits to be woken, and whether the bringer does; each is told once.
  bool TakeStarved();
  bool TakeSendable();

 private:
  std::string unsent_;
  std::size_t begin_ = 0;              // of what is unsent
  std::optional<std::uint64_t> left_;  // of the length, not yet added
  bool finished_ = false;
  bool dropped_ = false;
  bool starved_ = false;
  bool full_ = false;  // Add said kPause
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CURL_UPLOAD_H_
