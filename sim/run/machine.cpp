// Machine's door: loading, watching, asking.
#include "sim/run/machine.h"

#include "base/error.h"
#include "sim/run/engine.h"
#include "sim/run/hex.h"

#include <algorithm>

namespace xs3::sim {

Machine::Machine(const MachineDescription &description)
    : engine_(std::make_unique<Engine>(*this, description)) {}

Machine::~Machine() = default;

namespace {

std::string windowText(std::uint32_t bytes, Address base) {
  return std::to_string(bytes) + " bytes from 0x" + hex8(base) + " on";
}

} // namespace

void Machine::Engine::refuse(const assembler::Segment &segment, std::uint32_t size,
                             const Memory &memory) const {
  const Architecture &architecture = description.architecture;
  const bool external = segment.address - architecture.externalBase < kExternalWindow;
  const std::string where = "section " + segment.name + " of the program, 0x" +
                            hex8(segment.address) + " and " + std::to_string(size) +
                            " bytes long, ";
  if (external && memory.externalSize() == 0)
    throw Error(where + "lies in external memory, which " +
                (architecture.externalBytes == 0 ? "'" + description.name + "' does not have"
                                                 : "only tile 0 has"));
  throw Error(where + "does not fit " + (external ? "the external memory of '" : "the SRAM of '") +
              description.name + "', " +
              (external ? windowText(memory.externalSize(), memory.externalBase())
                        : windowText(memory.size(), memory.base())));
}

void Machine::Engine::load(const assembler::Program &program, unsigned index) {
  if (index >= tiles.size())
    throw Error("the program is for tile " + std::to_string(index) + ", but the machine '" +
                description.name + "' has " + std::to_string(tiles.size()));
  Tile &tile = tiles[index];
  RunningTile &run = running[index];
  Memory &memory = tile.memory;
  memory.clear();
  for (const assembler::Segment &segment : program.segments) {
    const auto size =
        std::max(segment.memorySize, static_cast<std::uint32_t>(segment.bytes.size()));
    if (!memory.contains(segment.address, size))
      refuse(segment, size, memory);
    std::copy(segment.bytes.begin(), segment.bytes.end(), memory.at(segment.address));
  }
  for (Thread &thread : tile.threads) {
    const auto id = thread.id;
    thread = {};
    thread.id = id;
  }
  const Architecture &architecture = description.architecture;
  tile.resources = {};
  tile.resources.counts = {architecture.threads, architecture.timers, architecture.synchronisers,
                           architecture.locks};
  tile.externalCache = ExternalCache(architecture.externalCacheLines);
  tile.externalLeave = {};
  run.pauses = {};
  tile.threads[0].pc = program.entry;
  tile.threads[0].activity = Activity::Running;
  const auto stop = [&](const char *name, bool RunningTile::Mark::*kind) {
    if (const assembler::Symbol *symbol = program.find(name)) {
      run.marks[symbol->value].*kind = true;
      run.code.mark(symbol->value);
    }
  };
  stop("_DoSyscall", &RunningTile::Mark::service);
  stop("_DoException", &RunningTile::Mark::exception);
  run.loaded = true;
  changedFromOutside = true;
}

void Machine::load(const assembler::Program &program, unsigned tile) {
  engine_->load(program, tile);
}

void Machine::setServices(HostServices *services) { engine_->services = services; }

void Machine::addObserver(Observer *observer) { engine_->observers.push_back(observer); }

void Machine::watch(unsigned tile, Address address) { engine_->watch(tile, address); }

Outcome Machine::run(const Limits &limits) { return engine_->run(limits); }

Cycles Machine::cycle() const { return engine_->cycle; }

const MachineDescription &Machine::description() const { return engine_->description; }

std::span<const Tile> Machine::tiles() const { return engine_->tiles; }

Tile &Machine::tile(unsigned index) {
  engine_->changedFromOutside = true;
  return engine_->tiles.at(index);
}

const Counters &Machine::counters(unsigned tile, unsigned thread) const {
  return engine_->countersNow(tile, thread);
}

Cycles Machine::idleCycles(unsigned tile) const {
  return engine_->cycle - engine_->slotsUsed(tile);
}

} // namespace xs3::sim
