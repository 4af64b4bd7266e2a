#include "server/reloader.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/time/clock.h"

namespace portico::server {
namespace {

// Another number when any file is another, or is gone.
std::size_t LooksOf(const std::vector<std::string>& files) {
  std::size_t looks = 0;
  for (const std::string& file : files) {
    struct stat found = {};
    if (::stat(file.c_str(), &found) != 0) found = {};
    looks = absl::HashOf(looks, file, found.st_dev, found.st_ino, found.st_size,
                         found.st_mtim.tv_sec, found.st_mtim.tv_nsec);
  }
  return looks;
}

}  // namespace

Reloader::Reloader(Files files, Reload reload, absl::Duration interval)
    : files_(std::move(files)),
      reload_(std::move(reload)),
      interval_(interval),
      pause_(interval),
      thread_([this] { Run(); }) {}

Reloader::~Reloader() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  thread_.join();
}

void Reloader::Ask() {
  {
    const std::lock_guard lock(mutex_);
    asked_ = true;
  }
  woken_.notify_all();
}

bool Reloader::Wait() {
  const absl::Duration pause = replaced_.empty() ? pause_ : std::min(pause_, kInterval);
  std::unique_lock lock(mutex_);
  const auto due = [this] { return asked_ || stopping_; };
  if (pause == absl::InfiniteDuration()) {
    woken_.wait(lock, due);
  } else {
    woken_.wait_for(lock, absl::ToChronoNanoseconds(pause), due);
  }
  return std::exchange(asked_, false);
}

void Reloader::Run() {
  while (true) {
    const bool asked = Wait();
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
    LetGo();
    if (!asked) {
      if (interval_ != absl::InfiniteDuration()) Look();
      continue;
    }
    loaded_ = seen_ = LooksOf(files_());
    Load(true);
  }
}

void Reloader::Look() {
  const absl::Time began = absl::Now();
  const std::size_t looks = LooksOf(files_());
  pause_ = std::max(interval_, 100 * (absl::Now() - began));
  const bool settled = looks == std::exchange(seen_, looks);
  if (!settled || looks == loaded_) return;
  loaded_ = looks;
  Load(false);
}

void Reloader::Load(bool asked) {
  if (auto replaced = reload_(asked)) replaced_.push_back(std::move(replaced));
}

void Reloader::LetGo() {
  // Nobody can begin to hold what only this object holds.
  replaced_.erase(std::remove_if(replaced_.begin(), replaced_.end(),
                                 [](const auto& one) { return one.use_count() == 1; }),
                  replaced_.end());
}

}  // namespace portico::server
