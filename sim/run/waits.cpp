#include "sim/run/waits.h"

#include "sim/run/disassemble.h"
#include "sim/run/hex.h"
#include "sim/run/trap_report.h"

#include <array>

namespace xs3::sim {
namespace {

/// "slave thread 1", "slave threads 1, 2".
std::string slavesThatRun(const Tile &tile, Word id) {
  const Synchroniser &group = tile.resources.synchronisers[id >> 8];
  std::string numbers;
  unsigned count = 0;
  for (const Thread &thread : tile.threads) {
    const bool there =
        thread.activity == Activity::Allocated ||
        (thread.activity == Activity::Waiting && thread.wait.reason == WaitReason::Ssync);
    if ((group.slaves >> thread.id & 1) == 0 || there)
      continue;
    numbers += (count++ == 0 ? "" : ", ") + std::to_string(thread.id);
  }
  return (count == 1 ? "slave thread " : "slave threads ") + numbers;
}

} // namespace

std::string_view waitName(WaitReason reason) {
  constexpr std::array<std::string_view, static_cast<std::size_t>(WaitReason::Count)> kNames = {
      "none", "msync", "mjoin", "ssync", "lock", "external"};
  return kNames[static_cast<std::size_t>(reason)];
}

std::string waitText(const Tile &tile, const Thread &thread) {
  switch (thread.wait.reason) {
  case WaitReason::Msync:
  case WaitReason::Mjoin:
    return slavesThatRun(tile, thread.wait.resource) + " to reach ssync";
  case WaitReason::Ssync:
    if (!thread.isSlave())
      return "nothing: ssync outside a group";
    return "its master, thread " +
           std::to_string(tile.resources.synchronisers[thread.synchroniser].master) +
           ", to reach msync or mjoin";
  case WaitReason::Lock:
    return "lock 0x" + hex8(thread.wait.resource) + " to be released";
  case WaitReason::None:
  case WaitReason::External:
  case WaitReason::Count:
    break;
  }
  return "nothing";
}

std::string waitingThreads(const Machine &machine, const assembler::Program &program) {
  std::string text;
  for (unsigned index = 0; index < machine.tiles().size(); ++index) {
    const Tile &tile = machine.tiles()[index];
    for (const Thread &thread : tile.threads) {
      if (thread.activity != Activity::Waiting)
        continue;
      const auto line = codeLine(tile.memory, program, thread.pc, thread.dual());
      text += "\n  tile " + std::to_string(index) + " thread " + std::to_string(thread.id) +
              " at " + describeAddress(program, thread.pc) + ": " +
              (line ? "'" + line->text + "' " : "") + "waits for " + waitText(tile, thread);
    }
  }
  return text;
}

} // namespace xs3::sim
