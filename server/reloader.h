// The thread that loads files anew: when it is asked to, and when they have changed. It
// also lets go of what was loaded before, which may take longer than a loop may wait.
//
// Files are looked at by stat, through symbolic links, a few times a second: that sees
// an editor that renames and a Kubernetes volume that swaps a link alike, on every file
// system. A change counts once two looks in a row have found the same, so that a file
// is not read while it is being written. However many files there are, looking at them
// takes a hundredth of the time.
//
// Threads: Ask from any; the rest from one.
#ifndef PORTICO_SERVER_RELOADER_H_
#define PORTICO_SERVER_RELOADER_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/time.h"

namespace portico::server {

class Reloader {
 public:
  static constexpr absl::Duration kInterval = absl::Milliseconds(250);

  // Lists the files that matter now; those that are gone may be among them.
  using Files = std::function<std::vector<std::string>()>;
  // `asked`: somebody said so, rather than a file's looks. Returns what it replaced, or
  // null: that is held until nobody else does, and destroyed on this object's thread.
  using Reload = std::function<std::shared_ptr<const void>(bool asked)>;

  // Both are called on this object's thread alone. An infinite interval watches nothing.
  // The first look reloads, too: a file may have changed since it was loaded.
  Reloader(Files files, Reload reload, absl::Duration interval);
  // Waits for a reload that is under way.
  ~Reloader();

  void Ask();

 private:
  void Run();
  // Whether somebody asked; false when it is time to look.
  bool Wait();
  void Look();
  void Load(bool asked);
  void LetGo();

  const Files files_;
  const Reload reload_;
  const absl::Duration interval_;
  std::size_t loaded_ = 0;                             // looks of the files when they were loaded
  std::size_t seen_ = 0;                               // and at the last look
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
