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
  enum class Kind {
    Exit,         ///< The program said so, with `status`.
    Trap,         ///< An exception that no handler of the program takes, or its handler came to
                  ///< _DoException.
    Limit,        ///< A limit was reached; run() may go on from here.
    Deadlock,     ///< Every thread waits and nothing can wake one.
    Unspecified,  ///< Nobody knows what the hardware does here.
    Unimplemented ///< The simulator does not execute this instruction yet.
  };
  Kind kind = Kind::Exit;
  int status = 0; ///< Exit: the program's own.
  Trap trap;      ///< Trap: what happened, in the thread below at `pc`.
  unsigned tile = 0, thread = 0;
  Address pc = 0;          ///< Of the packet; not of a trap's handler.
  std::string explanation; ///< Of the last three and Limit: a sentence each.
};

/// Totals since the machine was made, so that a run can be continued with higher ones.
struct Limits {
  Cycles cycles = ~Cycles{0};
  Slots packets = ~Slots{0}; ///< All threads together.
};

class HostServices;

/// A machine with its programs. Deterministic; owns its tiles.
///
///   Machine machine(loadMachine("xu316"));
///   machine.load(program);
///   machine.setServices(&services);
///   Outcome outcome = machine.run({.cycles = 1'000'000});
class Machine {
public:
  explicit Machine(const MachineDescription &description);
  ~Machine();
  Machine(const Machine &) = delete;
  Machine &operator=(const Machine &) = delete;

  /// Puts a program into a tile: its segments into zeroed memory, thread 0 at its entry, all
  /// registers 0 (resources.md section 1). Throws Error when there is no such tile or a segment
  /// lies outside its memory. The symbols `_DoSyscall` and `_DoException` become the places where
  /// services are asked for and exceptions are handed over.
  void load(const assembler::Program &program, unsigned tile = 0);

  /// What the program may ask of the host; nullptr (the start) = nothing: the code at _DoSyscall
  /// runs. Neither services nor observers are owned.
  void setServices(HostServices *services);
  void addObserver(Observer *observer);
  /// Calls Observer::onWatch whenever a thread reaches this address.
  void watch(unsigned tile, Address address);

  /// Runs until the program ends, a limit is reached or nothing can go on. May be called again
  /// after Limit.
  Outcome run(const Limits &limits = {});

  /// Clocks since the start. While a thread has its turn this is the clock of that turn.
  Cycles cycle() const;
  const MachineDescription &description() const;
  std::span<const Tile> tiles() const;
  /// A tile to read and change while the machine does not run: memory, registers, activities.
  Tile &tile(unsigned index);
  const Counters &counters(unsigned tile, unsigned thread) const;
  /// Clocks of a tile in which no thread used a slot.
  Cycles idleCycles(unsigned tile) const;

private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

} // namespace xs3::sim
