// The reference engine: joins state, exec and timing, one packet at a time in strict clock order.
#pragma once

#include "asm/link/program.h"
#include "sim/machines/description.h"
#include "sim/run/counters.h"
#include "sim/run/observer.h"
#include "sim/state/tile.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace xs3::sim {

/// Why a run ended.
struct Outcome {
  enum class Kind { Exit, Trap, Limit, Deadlock, Unspecified };
  Kind kind = Kind::Exit;
  int status = 0; ///< Exit: the program's own.
  Trap trap;      ///< Trap: what happened, in the thread below at `pc`.
  unsigned tile = 0, thread = 0;
  Address pc = 0;
  std::string explanation; ///< Unspecified and Deadlock: a sentence each.
};

struct Limits {
  Cycles cycles = ~Cycles{0};
  Slots packets = ~Slots{0}; ///< All threads together.
};

/// Services that the simulated program may ask of the host at `_DoSyscall` (isa/c-programs.md
/// section 10).
class HostServices;

/// A machine with its program loaded. Deterministic; owns its tiles. (Members beyond these are the
/// engine's own business.)
class Machine {
public:
  Machine(const MachineDescription &description);
  ~Machine();

  /// Loads a tile's program: segments, entry, `_DoSyscall` and `_DoException` stops. Throws Error
  /// when it does not fit.
  void load(const assembler::Program &program, unsigned tile = 0);

  void setServices(HostServices *services);
  void addObserver(Observer *observer);
  /// Calls Observer::onWatch whenever a thread reaches this address.
  void watch(unsigned tile, Address address);

  /// Runs until the program ends, a limit is reached or nothing can go on. May be called again
  /// after Limit.
  Outcome run(const Limits &limits = {});

  Cycles cycle() const;
  const MachineDescription &description() const;
  std::span<const Tile> tiles() const;
  Tile &tile(unsigned index);
  const Counters &counters(unsigned tile, unsigned thread) const;
  /// Clocks of a tile in which no thread issued anything.
  Cycles idleCycles(unsigned tile) const;

private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

} // namespace xs3::sim
