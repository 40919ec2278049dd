// The rule text of the fetch model (timing.md section 2), line by line, to hold the simulator
// against.
#pragma once

#include "base/types.h"

#include <vector>

namespace xs3::sim::test {

/// A packet as the rule sees it.
struct Step {
  char kind; ///< m = data access, n = free, b = branch, r = a branch that loads its target
  unsigned size;
  bool taken;
  Address target;
};

/// Slots of a path that begins at `start`: `avail`, what a control transfer makes of it, and the
/// loop of FNOPs before each packet.
inline Slots transcribedSlots(const std::vector<Step> &steps, Address start) {
  int avail = 16 - static_cast<int>(start % 16);
  Address pc = start;
  Slots slots = 0;
  bool loaded = false; // avail = 0 and the next FNOP gives 16 - T mod 16
  for (const Step &step : steps) {
    const int s = static_cast<int>(step.size);
    while (avail < s) {
      slots += 1;
      avail += loaded ? 16 - static_cast<int>(pc % 16) : 16;
      loaded = false;
    }
    slots += 1;
    const bool access = step.kind == 'm', branch = step.kind == 'b' || step.kind == 'r';
    if (!access && !branch && avail <= 16)
      avail += 16;
    avail -= s;
    pc += step.size;
    if (step.taken) {
      pc = step.target;
      loaded = step.kind == 'r';
      avail = loaded ? 0 : 16 - static_cast<int>(pc % 16);
    }
  }
  return slots;
}

} // namespace xs3::sim::test
