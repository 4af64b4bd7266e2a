// The thread that loads files anew: when it is asked to, and when they have changed. It
// also lets go of what was loaded before, which may take longer than a loop may wait.
//
// Files are looked at a few times a second (file_mark.h). A change counts once two looks
// in a row have found the same, so that a file is not read while it is being written.
// However many files there are, looking at them takes a hundredth of the time.
//
// Threads: Ask from any; the rest from one.
#ifndef PORTICO_SERVER_RELOADER_H_
#define PORTICO_SERVER_RELOADER_H_

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/time/time.h"

namespace portico::server {

class Reloader {
 public:
  static constexpr absl::Duration kInterval = absl::Milliseconds(250);

  // Another number when a file that counts looks otherwise.
  using Look = std::function<std::size_t()>;
  struct Loaded {
    std::size_t looks = 0;  // of the files when they were read
    // Held until nobody else does, and destroyed on the Reloader's thread. May be null.
    std::shared_ptr<const void> replaced;
  };
  // `asked`: somebody said so, rather than a file's looks.
  using Reload = std::function<Loaded(bool asked)>;

  // Both are called on this object's thread alone. An infinite interval watches nothing.
  // `looks`: of the files when they were first read.
  Reloader(Look look, Reload reload, std::size_t looks, absl::Duration interval);
  // Waits for a reload that is under way.
  ~Reloader();

  void Ask();

 private:
  void Run();
  // Whether somebody asked; false when it is time to look.
  bool Wait();
  void Watch();
  void Load(bool asked);
  void LetGo();

  const Look look_;
  const Reload reload_;
  const absl::Duration interval_;
  std::size_t loaded_;                                 // looks of the files when they were read
  std::size_t seen_;                                   // and at the last look
  absl::Duration pause_;                               // until the next one
  std::vector<std::shared_ptr<const void>> replaced_;  // and held by somebody else, too
  std::mutex mutex_;
  std::condition_variable woken_;
  bool asked_ = false;     // guarded by mutex_
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;     // last: it uses all of these
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_RELOADER_H_
