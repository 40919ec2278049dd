#include "sim/cli/interrupt.h"

#include <csignal>

namespace xs3::cli {
namespace {

// A signal's handler reaches nothing but globals.
std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

void onInterrupt(int) { interrupted = true; }

void handle(void (*handler)(int), int flags) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
}

} // namespace

InterruptFlag::InterruptFlag() {
  interrupted = false;
  handle(onInterrupt, static_cast<int>(SA_RESETHAND));
}

InterruptFlag::~InterruptFlag() { handle(SIG_DFL, 0); }

const std::atomic<bool> &InterruptFlag::requested() const { return interrupted; }

} // namespace xs3::cli
