// xs3 run: run a program on the simulated machine.
#include "asm/link/network_note.h"
#include "asm/link/program.h"
#include "asm/link/sha256.h"
#include "base/file.h"
#include "sim/cli/machine_choice.h"
#include "sim/cli/memory_place.h"
#include "sim/cli/npy.h"
#include "sim/cli/profile_input.h"
#include "sim/cli/profile_subject.h"
#include "sim/cli/run_stats.h"
#include "sim/cli/terminal.h"
#include "sim/profile/profile_run.h"
#include "sim/run/trap_report.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace xs3::cli {
namespace {

using assembler::Program;

struct Request {
  std::string path;
  std::vector<std::string> arguments; ///< argv, the program's name first.
  MachineChoice machine;
  std::vector<std::string> loads, dumps, regions;
  std::optional<std::uint64_t> maxCycles, maxPackets, base;
  std::optional<std::string> stats, files, report;
  std::string reportFile = "-";
  bool raw = false;
};

bool readRequest(Invocation &invocation, Request &request) {
  Options options(invocation);
  request.machine.addTo(options);
  options.values("load", "PLACE=FILE", request.loads,
                 "fill memory before the run; PLACE is a symbol, symbol+offset or an address");
  options.values("dump", "PLACE[:BYTES]=FILE", request.dumps,
                 "save memory after the run; without BYTES the symbol's size");
  options.value("max-cycles", "N", request.maxCycles, "stop after that many clock cycles");
  options.value("max-packets", "N", request.maxPackets,
                "stop after that many packets of all threads together");
  options.value("stats", "FILE.json", request.stats, "write what the run cost, as JSON");
  options.value("report", "text|json|csv", request.report,
                "print what the run cost, behind what the program prints");
  options.value("out,o", "FILE", request.reportFile, "write the report there instead");
  options.values("region", "NAME=LABEL[..LABEL]", request.regions,
                 "a region of its own in --stats and --report; repeatable");
  options.flag("raw", request.raw, "the program is a raw image, started at its first byte");
  options.value("base", "ADDRESS", request.base, "where a raw image stands (the SRAM's begin)");
  options.value("files", "FOLDER", request.files,
                "let the program open, write and remove files in this folder");
  options.positional("PROGRAM", request.arguments, 1);
  if (!options.parse())
    return false;
  request.path = request.arguments.front();
  if (request.base && !request.raw)
    throw UsageError("error: --base is for --raw images; other programs say where they stand");
  if (request.report && !profile::parseReportFormat(*request.report))
    throw UsageError("error: --report wants text, json or csv, not '" + *request.report + "'");
  if (request.reportFile != "-" && !request.report)
    throw UsageError("error: --out is for a report; add --report text, json or csv");
  return true;
}

Program readRaw(const Request &request, const sim::MachineDescription &machine) {
  Program program;
  const std::uint64_t base = request.base.value_or(machine.architecture.sramBase);
  if (base > ~Address{0} || base % 2 != 0)
    throw UsageError("error: --base wants an even address of 32 bits");
  program.entry = static_cast<Address>(base);
  assembler::Segment segment{"raw image", program.entry, readFile(request.path), 0, true, true};
  if (segment.bytes.empty())
    throw Error(request.path + ": error: the image is empty");
  segment.memorySize = static_cast<std::uint32_t>(segment.bytes.size());
  program.segments.push_back(std::move(segment));
  return program;
}

std::optional<assembler::NetworkNote> noteOf(const Program &program, const Request &request) {
  const auto bytes = program.note(assembler::kNetworkNoteSection);
  return bytes ? std::optional(assembler::parseNetworkNote(*bytes, request.path)) : std::nullopt;
}

Program readWhole(const Request &request, const sim::MachineDescription &machine) {
  return request.raw ? readRaw(request, machine)
                     : assembler::readProgram(readFile(request.path), request.path);
}

/// The tensor of a compiled network that stands at a symbol, if the program says so.
std::optional<assembler::NetworkTensor> tensorAt(const Program &program, const Request &request,
                                                 const std::string &symbol) {
  const auto note = symbol.empty() ? std::nullopt : noteOf(program, request);
  if (!note)
    return std::nullopt;
  for (const auto *tensors : {&note->inputs, &note->outputs})
    for (const assembler::NetworkTensor &tensor : *tensors)
      if (tensor.symbol == symbol)
        return tensor;
  return std::nullopt;
}

std::vector<std::uint8_t> readImage(const MemoryPlace &place, const Program &program,
                                    const Request &request) {
  const auto tensor = tensorAt(program, request, place.symbol);
  if (tensor && place.address == program.find(place.symbol)->value)
    return readArray(place.file, tensor->dtype, arrayShape(*tensor)).bytes;
  const std::vector<std::uint8_t> file = readFile(place.file);
  std::vector<std::uint8_t> bytes =
      place.file.ends_with(".npy") ? parseNpy(file, place.file).bytes : file;
  if (place.bytes && bytes.size() > *place.bytes)
    throw Error(place.file + ": error: " + std::to_string(bytes.size()) + " bytes do not fit '" +
                place.symbol + "', which has " + std::to_string(*place.bytes));
  return bytes;
}

void requireMemory(const sim::Memory &memory, Address address, std::uint64_t bytes,
                   const std::string &option) {
  if (!memory.contains(address, bytes))
    throw Error("error: " + option + ": " + std::to_string(bytes) +
                " bytes there lie outside the memory of the machine");
}

std::vector<profile::MemoryImage> readImages(const Request &request, const Program &program,
                                             const sim::Memory &memory) {
  std::vector<profile::MemoryImage> images;
  for (const std::string &text : request.loads) {
    const MemoryPlace place = parseMemoryPlace("--load", text, false, program);
    images.push_back({place.address, readImage(place, program, request)});
    requireMemory(memory, place.address, images.back().bytes.size(), "--load " + text);
  }
  return images;
}

/// Checked before the run, so that a wrong place costs no time.
std::vector<MemoryPlace> readDumps(const Request &request, const Program &program,
                                   const sim::Memory &memory) {
  std::vector<MemoryPlace> places;
  for (const std::string &text : request.dumps) {
    places.push_back(parseMemoryPlace("--dump", text, true, program));
    if (!places.back().bytes)
      throw Error("error: --dump " + text + ": the size is not known; say PLACE:BYTES=FILE");
    requireMemory(memory, places.back().address, *places.back().bytes, "--dump " + text);
  }
  return places;
}

void writeDumps(const std::vector<MemoryPlace> &places, const Request &request,
                const Program &program, const sim::Memory &memory) {
  for (const MemoryPlace &place : places) {
    const std::uint8_t *begin = memory.at(place.address);
    Array array{"uint8", {*place.bytes}, {begin, begin + *place.bytes}};
    if (const auto tensor = tensorAt(program, request, place.symbol))
      if (const auto shape = arrayShape(*tensor);
          arrayBytes(tensor->dtype, shape) == array.bytes.size()) {
        array.dtype = tensor->dtype;
        array.shape = shape;
      }
    writeArray(place.file, array);
  }
}

/// The program's streams are ours; what it reads is kept, to be given again.
sim::ServicePermissions permissions(const Request &request, std::ostream &out,
                                    std::vector<std::uint8_t> &inputSoFar) {
  sim::ServicePermissions allowed;
  allowed.arguments = request.arguments;
  allowed.folder = request.files;
  allowed.write = [&out](int descriptor, std::span<const std::uint8_t> bytes) {
    std::ostream &stream = descriptor == 1 ? out : std::cerr;
    stream.write(reinterpret_cast<const char *>(bytes.data()),
                 static_cast<std::streamsize>(bytes.size()));
    stream.flush();
  };
  allowed.read = [&inputSoFar](std::span<std::uint8_t> bytes) -> std::size_t {
    // A line at a time, so that a program can talk with a person.
    std::size_t count = 0;
    for (int c = 0; count < bytes.size() && c != '\n' && (c = std::cin.get()) != EOF;)
      bytes[count++] = static_cast<std::uint8_t>(c);
    inputSoFar.insert(inputSoFar.end(), bytes.begin(),
                      bytes.begin() + static_cast<std::ptrdiff_t>(count));
    return count;
  };
  return allowed;
}

profile::RegionRun regionRun(const profile::RegionObserver &observer, const sim::Outcome &outcome) {
  profile::RegionRun run;
  run.outcome = outcome;
  for (std::size_t i = 0; i < observer.regions().size(); ++i)
    run.intervals.push_back(observer.interval(i));
  run.outside = observer.outside();
  return run;
}

/// The runs at the machine's typical, low and high cost.
struct RunTimes {
  profile::RegionRun typical, low, high;
  bool bandKnown = false; ///< Else all three are the same.
};

/// The same run at other costs, for the band of the regions' time: it writes nothing and reads what
/// the first one read.
profile::RegionRun runAtCost(const sim::Cost &cost, const Request &request, const Program &program,
                             const sim::MachineDescription &machine,
                             const std::vector<profile::Region> &regions,
                             const std::vector<profile::MemoryImage> &images,
                             std::span<const std::uint8_t> input, const sim::Limits &limits) {
  sim::ServicePermissions allowed;
  allowed.arguments = request.arguments;
  allowed.write = [](int, std::span<const std::uint8_t>) {};
  allowed.read = [input](std::span<std::uint8_t> bytes) mutable {
    const std::size_t count = std::min(bytes.size(), input.size());
    std::copy_n(input.begin(), count, bytes.begin());
    input = input.subspan(count);
    return count;
  };
  sim::HostServices services(std::move(allowed));
  sim::MachineDescription atCost = machine;
  atCost.cost = cost;
  return profile::runProfiled(program, atCost, regions, images, {}, {.limits = limits}, services)
      .regions;
}

std::vector<profile::Region> chooseRegions(const Request &request, const Program &program) {
  const auto note = noteOf(program, request);
  std::vector<profile::Region> regions = note
                                             ? profile::networkRegions(*note, program, request.path)
                                             : profile::labelledRegions(program);
  for (const std::string &text : request.regions)
    regions.push_back(profile::parseRegion(text, program));
  return regions;
}

/// The program, where it comes from, and the rows of its regions.
profile::Profile describeRun(const Invocation &invocation, const Request &request,
                             const Program &program, const sim::MachineDescription &description,
                             const std::vector<profile::Region> &regions, const RunTimes &times) {
  Subject subject;
  subject.programSha256 = assembler::sha256(readFile(request.path));
  subject.note = noteOf(program, request);
  subject.modelSha256 = subject.note ? subject.note->modelSha256 : "";
  profile::Profile result;
  result.machine = description;
  result.model =
      subject.note ? subject.note->model : std::filesystem::path(request.path).filename().string();
  result.threads = profile::threadsUsed(times.typical);
  result.bandKnown = times.bandKnown;
  result.provenance = provenanceOf(invocation, subject, description);
  if (subject.note)
    result.memoryMap = subject.note->memoryMap;
  profile::fillRows(result, regions,
                    subject.note ? subject.note->layers : std::vector<assembler::NetworkLayer>{},
                    times.typical, times.low, times.high);
  return result;
}

/// Tells a person why the run ended; returns the exit status of cli.md section 1.
int report(const sim::Machine &machine, const Program &program, const sim::Outcome &outcome,
           const Request &request, Console &console) {
  using Kind = sim::Outcome::Kind;
  if (outcome.kind == Kind::Exit)
    return outcome.status & 0xff;
  const std::string sentence = request.path + ": error: ";
  const std::string place = " at " + sim::describeAddress(program, outcome.pc);
  switch (outcome.kind) {
  case Kind::Limit:
    console.error(sentence + outcome.explanation + "; thread " + std::to_string(outcome.thread) +
                  " of tile " + std::to_string(outcome.tile) + " stood" + place);
    return 124;
  case Kind::Deadlock:
    console.error(sentence + "deadlock: " + outcome.explanation);
    return 125;
  default:
    break;
  }
  const std::string text = sim::trapReport(machine, program, outcome);
  const std::size_t firstLine = text.find('\n');
  console.error(sentence + text.substr(0, firstLine));
  console.block(text.substr(firstLine + 1));
  return outcome.kind == Kind::Trap ? 132 : outcome.kind == Kind::Unspecified ? 133 : 70;
}

/// Runs again at the ends of the machine's costs, where that can be done.
template <typename Again>
RunTimes timesOf(const profile::RegionRun &typical, Cycles cycles, const Request &request,
                 const sim::MachineDescription &machine, const Again &again) {
  RunTimes times{typical, typical, typical};
  // What the program did to files cannot be done again.
  if (typical.outcome.kind != sim::Outcome::Kind::Exit || request.files)
    return times;
  const Cycles most = 16 * cycles + 1'000'000;
  profile::RegionRun low = again(machine.costLow, most), high = again(machine.costHigh, most);
  times.bandKnown =
      low.outcome.kind == sim::Outcome::Kind::Exit && high.outcome.kind == sim::Outcome::Kind::Exit;
  if (times.bandKnown) {
    times.low = std::move(low);
    times.high = std::move(high);
  }
  return times;
}

void deliverReports(Invocation &invocation, const Request &request, const sim::Machine &machine,
                    const Program &program, const sim::Outcome &outcome,
                    const profile::Profile &rows) {
  const std::string stats = formatRunStats(machine, program, outcome, rows);
  if (request.stats)
    writeFile(*request.stats, stats);
  if (!request.report)
    return;
  const auto format = *profile::parseReportFormat(*request.report);
  deliverReport(
      invocation, request.reportFile,
      format == profile::ReportFormat::Json
          ? stats
          : profile::formatReport(rows, format, terminalOptions(invocation, request.reportFile)));
}

int runRun(Invocation &invocation) {
  Request request;
  if (!readRequest(invocation, request))
    return 0;
  const sim::MachineDescription description = request.machine.load();
  const Program program = readWhole(request, description);
  sim::Machine machine(description);
  machine.load(program);
  sim::Memory &memory = machine.tile(0).memory;
  const auto images = readImages(request, program, memory);
  const auto dumps = readDumps(request, program, memory);
  for (const profile::MemoryImage &image : images)
    std::copy(image.bytes.begin(), image.bytes.end(), memory.at(image.address));
  std::vector<std::uint8_t> input;
  sim::HostServices services(permissions(request, invocation.out, input));
  machine.setServices(&services);
  const bool measures = request.stats || request.report;
  const std::vector<profile::Region> regions =
      measures ? chooseRegions(request, program) : std::vector<profile::Region>{};
  profile::RegionObserver observer(machine, regions);
  sim::Limits limits;
  limits.cycles = request.maxCycles.value_or(limits.cycles);
  limits.packets = request.maxPackets.value_or(limits.packets);
  const sim::Outcome outcome = machine.run(limits);
  observer.finish(machine);

  const auto again = [&](const sim::Cost &cost, Cycles most) {
    return runAtCost(cost, request, program, description, regions, images, input,
                     {most, limits.packets});
  };
  writeDumps(dumps, request, program, memory);
  if (measures)
    deliverReports(invocation, request, machine, program, outcome,
                   describeRun(invocation, request, program, description, regions,
                               timesOf(regionRun(observer, outcome), machine.cycle(), request,
                                       description, again)));
  return report(machine, program, outcome, request, invocation.console);
}

} // namespace

extern const Verb kRunVerb;
const Verb kRunVerb = {
    "run",
    "run a program",
    "[OPTION...] PROGRAM [ARGUMENT...]",
    R"(Runs a program (.xe or ELF) on the simulated machine, with its standard streams. The exit status is the
program's own; 124 when a limit was reached, 125 when every thread waits and nothing can wake one,
132 after a trap that the program does not handle, 133 where nobody knows what the hardware does.
Arguments of the program that begin with '-' stand behind '--'.

--report and --stats have a row for each region: from the label layer.NAME to layer.NAME.end, or
--region, and one for the rest. The band of the time comes from two more runs, at the low and high
settings of the machine's uncertain costs; a run with --files has none, since it cannot be done
again.)",
    "xs3 run digits.xe --load input0=digit.bin --dump output0=scores.bin --stats stats.json\n"
    "xs3 run program.xe --region work=begin..end --report text",
    runRun};

} // namespace xs3::cli
