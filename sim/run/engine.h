// The engine behind Machine: whose turn it is, what the turn is used for, and what ends a run.
#pragma once

#include "sim/exec/execute.h"
#include "sim/run/code_cache.h"
#include "sim/run/machine.h"
#include "sim/run/services.h"
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
  std::array<Counters, kThreadsPerTile> counters{};
  std::unordered_map<Address, Mark> marks;
  std::array<bool, kThreadsPerTile> announced{}; ///< Observers know that the thread stands here.
  /// Counters at the thread's last Event.
  struct Told {
    Slots fnops = 0, stallSlots = 0;
  };
  std::array<Told, kThreadsPerTile> told{};
  /// What a thread that does not run waits for, since which clock, and where it stood.
  struct Pause {
    WaitReason reason = WaitReason::None;
    Cycles since = 0;
    Address pc = 0;
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
  /// What a turn means for the loop.
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
  Arrival serve(RunningTile &run, Thread &thread);
  /// A packet did not complete.
  Turn interrupted(RunningTile &run, Thread &thread, const DecodedPacket &packet,
                   const Effect &effect);
  /// Threads that started, stopped or were let go in the slot at `now`: ready list and counters
  /// follow.
  Turn reschedule(RunningTile &run, const Thread &issuer, std::uint8_t changedThreads, Cycles now);
  /// A thread that was let go: what its packet still has to do is done, without a slot.
  Turn complete(RunningTile &run, Thread &thread, Cycles now);
  void tell(RunningTile &run, const Thread &thread, Cycles now, const DecodedPacket &packet,
            const Effect &effect);
  Word referenceTime(Cycles now) const;
  /// Packets that a store has overwritten.
  static void forgetCode(RunningTile &run, const Effect &effect) {
    if (effect.access == Access::Write) [[likely]]
      run.code.written(effect.accessAddress, effect.accessBytes);
    else
      run.code.writtenMasked(effect.accessAddress);
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
