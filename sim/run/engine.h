// The engine behind Machine: whose turn it is, what the turn is used for, and what ends a run.
#pragma once

#include "sim/exec/execute.h"
#include "sim/run/code_cache.h"
#include "sim/run/machine.h"
#include "sim/run/services.h"
#include "sim/timing/external.h"
#include "sim/timing/schedule.h"
#include "sim/timing/timing.h"

#include <array>
#include <unordered_map>
#include <vector>

namespace xs3::sim {

/// A tile at work. What the hot loop needs stands first.
struct RunningTile {
  RunningTile(const MachineDescription &description, unsigned index, Tile &tile);

  /// Why the engine looks at an address before its packet issues.
  struct Mark {
    bool watched = false;
    bool service = false;   ///< _DoSyscall
    bool exception = false; ///< _DoException
  };

  unsigned index;
  Tile &tile;
  Schedule schedule;
  Timing timing;
  CodeCache code;
  ExternalTiming external;
  std::array<Counters, kThreadsPerTile> counters{};
  std::unordered_map<Address, Mark> marks;
  std::array<bool, kThreadsPerTile> announced{}; ///< Observers know that the thread stands here.
  /// Counters at the thread's last Event.
  struct Told {
    Slots fnops = 0, stallSlots = 0;
  };
  std::array<Told, kThreadsPerTile> told{};
  /// What a thread waits for, since which clock, and where it stood.
  struct Pause {
    WaitReason reason = WaitReason::None;
    Cycles since = 0;
    Address pc = 0;
    Cycles until = ~Cycles{0}; ///< Where the end is known from the start: the thread's next turn
                               ///< comes by the clock alone.
  };
  std::array<Pause, kThreadsPerTile> pauses{};
  /// Where threads stood when the last run ended; elsewhere they begin anew.
  std::array<Address, kThreadsPerTile> leftAt{};
  bool loaded = false;
  bool done = false; ///< The program has said that it has ended.
};

class Machine::Engine {
public:
  Engine(const Machine &machine, const MachineDescription &description);

  void load(const assembler::Program &program, unsigned tile);
  /// A segment does not lie in the tile's memory: throws Error.
  [[noreturn]] void refuse(const assembler::Segment &segment, std::uint32_t size,
                           const Memory &memory) const;
  void watch(unsigned tile, Address address);
  Outcome run(const Limits &limits);

  Slots slotsUsed(unsigned tile) const;
  /// Counters up to this clock: those of a thread that waits go on counting.
  const Counters &countersNow(unsigned tile, unsigned thread);

  const Machine &machine;
  MachineDescription description;
  std::vector<Tile> tiles;
  std::vector<RunningTile> running;
  HostServices *services = nullptr;
  std::vector<Observer *> observers;
  Cycles cycle = 0;
  bool changedFromOutside = true; ///< Memory or registers were handed out for change.

private:
  /// What a turn means for the loop; the later one counts when there are two.
  enum class Turn {
    Used,       ///< The slot is gone; go on.
    Reschedule, ///< The slot is gone and the ready list has changed.
    End         ///< The run ends, `outcome_` says how.
  };
  /// What is found at a marked address.
  enum class Arrival { Issue, Moved, End };

  void takeOverState();
  template <bool kTold> void loop();
  /// Lets the only running thread of the machine have its turns until something changes. False at
  /// the end of the run.
  template <bool kTold> bool runAlone(RunningTile &run, unsigned thread);
  /// Clock by clock over all tiles, until something changes. False at the end of the run.
  template <bool kTold> bool runTogether();
  template <bool kTold> Turn turn(RunningTile &run, Thread &thread, Cycles now);

  Arrival arrive(RunningTile &run, Thread &thread, Cycles now);
  Arrival serve(RunningTile &run, Thread &thread, Cycles now);
  /// A packet did not complete.
  Turn interrupted(RunningTile &run, Thread &thread, const DecodedPacket &packet,
                   const Effect &effect, Cycles now);
  /// Threads that started, stopped or were let go in the slot at `now`: ready list and counters
  /// follow.
  Turn reschedule(RunningTile &run, const Thread &issuer, std::uint8_t changedThreads, Cycles now);
  /// A thread that was let go: what its packet still has to do is done, without a slot.
  Turn complete(RunningTile &run, Thread &thread, Cycles now);
  /// Makes the thread wait until the clock `until`, if that is still to come.
  Turn sleep(RunningTile &run, const Thread &thread, WaitReason reason, Cycles until, Cycles now);
  /// Counts what the thread has waited up to `now`.
  static void settle(RunningTile &run, unsigned thread, Cycles now);
  /// Asks for the bytes of external memory that a packet wants and gives leave for them. Whether
  /// they are there; else the thread waits and its packet is issued again.
  bool askExternal(RunningTile &run, const Thread &thread, const Effect &effect, Cycles now);
  /// Asks for the code that the thread has fetched from external memory, and makes it wait for it.
  Turn awaitCode(RunningTile &run, const Thread &thread, Cycles now);
  /// The thread goes on at its pc, to which no slot of its own has brought it.
  Turn enterAt(RunningTile &run, const Thread &thread, Cycles now);
  void tell(RunningTile &run, const Thread &thread, Cycles now, const DecodedPacket &packet,
            const Effect &effect);
  Word referenceTime(Cycles now) const;
  static constexpr std::uint32_t kMostAccessBytes = 32;
  static constexpr Address kExternalWindow = 0x10000000; ///< Bytes (resources.md section 1).
  /// Packets that a store has overwritten.
  static void forgetCode(RunningTile &run, const Effect &effect) {
    if (effect.access == Access::Write && !effect.external) [[likely]]
      run.code.writtenSram(effect.accessAddress, effect.accessBytes);
    else
      run.code.written(effect.accessAddress, kMostAccessBytes);
  }

  /// Ends the run; what is particular to the kind is filled in by the caller.
  Outcome &end(Outcome::Kind kind);
  Outcome &endIn(const RunningTile &run, const Thread &thread, Outcome::Kind kind, Address pc);
  /// Always false, for the loops.
  bool endAtLimit(const char *sentence);
  /// No thread runs: the program is over, or its threads wait for ever.
  void endWithoutRunning();

  Limits limits_;
  Slots packetsLeft_ = 0;
  Slots packetsDone_ = 0;
  Outcome outcome_;
  bool ended_ = false;
};

} // namespace xs3::sim
