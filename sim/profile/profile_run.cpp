#include "sim/profile/profile_run.h"

#include "sim/profile/tensor_capture.h"
#include "sim/run/trap_report.h"

#include <algorithm>
#include <optional>

namespace xs3::profile {
namespace {

sim::Outcome runUntilStopped(sim::Machine &machine, const RunSettings &settings) {
  if (!settings.stop)
    return machine.run(settings.limits);
  sim::Limits piece = settings.limits;
  for (Slots packets = 0;;) {
    packets += std::min(settings.packetsBetweenLooks, settings.limits.packets - packets);
    piece.packets = packets;
    sim::Outcome outcome = machine.run(piece);
    if (outcome.kind != sim::Outcome::Kind::Limit || *settings.stop ||
        piece.packets == settings.limits.packets || machine.cycle() >= settings.limits.cycles)
      return outcome;
  }
}

} // namespace

ProfiledRun runProfiled(const assembler::Program &program, const sim::MachineDescription &machine,
                        const std::vector<Region> &regions, std::span<const MemoryImage> images,
                        std::span<const MemoryRange> ranges, const RunSettings &settings,
                        sim::HostServices &services) {
  sim::Machine simulated(machine);
  simulated.load(program);
  simulated.setServices(&services);
  sim::Memory &memory = simulated.tile(0).memory;
  for (const MemoryImage &image : images)
    std::copy(image.bytes.begin(), image.bytes.end(), memory.at(image.address));

  RegionObserver observer(simulated, regions);
  std::optional<TensorCapture> capture;
  if (settings.captured)
    capture.emplace(simulated, *settings.captured, program, settings.programName);
  ProfiledRun run;
  run.regions.outcome = runUntilStopped(simulated, settings);
  observer.finish(simulated);
  const auto kind = run.regions.outcome.kind;
  const bool hasPlace = kind == sim::Outcome::Kind::Trap ||
                        kind == sim::Outcome::Kind::Unspecified ||
                        kind == sim::Outcome::Kind::Unimplemented;
  run.ending = hasPlace ? sim::trapReport(simulated, program, run.regions.outcome)
                        : sim::outcomeSentence(simulated, program, run.regions.outcome);
  for (std::size_t i = 0; i < regions.size(); ++i)
    run.regions.intervals.push_back(observer.interval(i));
  run.regions.outside = observer.outside();
  for (const MemoryRange &range : ranges) {
    const std::uint8_t *begin = memory.at(range.address);
    run.outputs.emplace_back(begin, begin + range.bytes);
  }
  if (capture)
    run.layers.assign(capture->results().begin(), capture->results().end());
  return run;
}

} // namespace xs3::profile
