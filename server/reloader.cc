#include "server/reloader.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"

namespace portico::server {

Reloader::Reloader(Look look, Reload reload, std::size_t looks, absl::Duration interval)
    : look_(std::move(look)),
      reload_(std::move(reload)),
      interval_(interval),
      loaded_(looks),
      seen_(looks),
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
    if (asked) {
      Load(true);
    } else if (interval_ != absl::InfiniteDuration()) {
      Watch();
    }
  }
}

void Reloader::Watch() {
  const absl::Time began = absl::Now();
  const std::size_t looks = look_();
  pause_ = std::max(interval_, 100 * (absl::Now() - began));
  const bool settled = looks == std::exchange(seen_, looks);
  if (settled && looks != loaded_) Load(false);
}

void Reloader::Load(bool asked) {
  Loaded loaded = reload_(asked);
  loaded_ = loaded.looks;
  if (loaded.replaced != nullptr) replaced_.push_back(std::move(loaded.replaced));
}

void Reloader::LetGo() {
  // Nobody can begin to hold what only this object holds.
  replaced_.erase(std::remove_if(replaced_.begin(), replaced_.end(),
                                 [](const auto& one) { return one.use_count() == 1; }),
                  replaced_.end());
}

}  // namespace portico::server
