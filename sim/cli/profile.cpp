// xs3 profile: run a network or a program, and report what it cost, layer by layer.
#include "asm/link/program.h"
#include "asm/link/sha256.h"
#include "base/file.h"
#include "kernels/compiler/compile.h"
#include "sim/cli/machine_choice.h"
#include "sim/cli/profile_input.h"
#include "sim/cli/version.h"
#include "sim/profile/profile_run.h"
#include "sim/profile/report.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <iostream>

namespace xs3::cli {
namespace {

using assembler::NetworkNote;
using assembler::NetworkTensor;
using assembler::Program;
using profile::Profile;

struct Request {
  std::string path;
  std::vector<std::string> inputs, outputs, checks, regions;
  std::optional<std::uint64_t> threads, maxCycles;
  std::string report = "text", reportFile = "-";
  std::optional<std::string> labels;
  std::optional<double> tolerance;
  MachineChoice machine;
};

/// A program that is ready to run, and what is known about it.
struct Subject {
  Program program;
  std::string programSha256, modelSha256;
  std::optional<NetworkNote> note;
};

bool readRequest(Invocation &invocation, Request &request) {
  std::vector<std::string> paths;
  Options options(invocation);
  options.values("input,i", "FILE", request.inputs,
                 "an input tensor, .npy or raw bytes; repeat it for further inputs");
  options.values("output", "FILE", request.outputs,
                 "write the output tensor there, .npy or raw bytes; repeatable");
  options.value("report", "text|json|csv", request.report, "the form of the report (text)");
  options.value("out,o", "FILE", request.reportFile, "write the report there");
  options.values("check", "FILE", request.checks,
                 "an expected output: exit status 1 when it differs; repeatable");
  options.value("tolerance", "R", request.tolerance,
                "how far floats may differ from --check, relative to the expected value");
  options.value("threads", "N", request.threads, "hardware threads to compile for (5)");
  request.machine.addTo(options);
  options.values("region", "NAME=LABEL[..LABEL]", request.regions,
                 "a region of a program; repeatable");
  options.value("labels", "FILE", request.labels, "names of the classes, one a line");
  options.value("max-cycles", "N", request.maxCycles, "stop after that many clock cycles");
  options.positional("MODEL.tflite or PROGRAM.xe", paths, 1, 1);
  if (!options.parse())
    return false;
  request.path = paths.front();
  return true;
}

void checkRequest(const Request &request) {
  if (!profile::parseReportFormat(request.report))
    throw UsageError("error: --report wants text, json or csv, not '" + request.report + "'");
  if (request.threads && (*request.threads < 1 || *request.threads > 8))
    throw UsageError("error: --threads wants 1 to 8");
  if (request.tolerance && *request.tolerance < 0)
    throw UsageError("error: --tolerance wants a number of 0 or more");
}

bool isProgram(const std::string &path, std::span<const std::uint8_t> file) {
  constexpr std::string_view kElf = "\x7f"
                                    "ELF";
  return path.ends_with(".xe") || path.ends_with(".elf") || assembler::isXe(file) ||
         std::string_view(reinterpret_cast<const char *>(file.data()), file.size())
             .starts_with(kElf);
}

Subject prepare(const Request &request, const sim::MachineDescription &machine) {
  const std::vector<std::uint8_t> file = readFile(request.path);
  Subject subject;
  if (isProgram(request.path, file)) {
    if (request.threads)
      throw UsageError("error: --threads is for models; the threads of a program were fixed when "
                       "it was compiled");
    subject.program = assembler::readProgram(file, request.path);
    subject.programSha256 = assembler::sha256(file);
  } else {
    compiler::CompileOptions options;
    options.threads = static_cast<unsigned>(request.threads.value_or(
        std::min(compiler::kDefaultThreads, machine.architecture.threads)));
    subject.program = compiler::compile(file, request.path, machine, options).program;
    subject.programSha256 = assembler::sha256(assembler::writeXe(subject.program));
  }
  if (const auto note = subject.program.note(assembler::kNetworkNoteSection))
    subject.note = assembler::parseNetworkNote(*note, request.path);
  subject.modelSha256 = subject.note ? subject.note->modelSha256 : "";
  return subject;
}

/// Where a tensor of the network stands; it must lie inside the tile's SRAM.
profile::MemoryRange placeOf(const NetworkTensor &tensor, const Subject &subject,
                             const Request &request, const sim::MachineDescription &machine) {
  const assembler::Symbol *symbol = subject.program.find(tensor.symbol);
  const std::size_t bytes = arrayBytes(tensor.dtype, arrayShape(tensor));
  const std::uint64_t offset =
      symbol ? std::uint64_t{symbol->value} - machine.architecture.sramBase : ~std::uint64_t{0};
  if (offset > machine.architecture.sramBytes || bytes > machine.architecture.sramBytes - offset)
    throw Error(request.path + ": error: the tensor '" + tensor.symbol +
                "' that the program describes does not lie in the memory of '" + machine.name +
                "'; compile the model again");
  return {symbol->value, static_cast<std::uint32_t>(bytes)};
}

std::vector<profile::TensorValue> readInputs(const Request &request, const Subject &subject) {
  std::vector<profile::TensorValue> inputs;
  const std::size_t count = subject.note ? subject.note->inputs.size() : 0;
  if (request.inputs.size() > count || (!request.inputs.empty() && request.inputs.size() < count))
    throw Error(request.path + ": error: " +
                (subject.note
                     ? "the network has " + std::to_string(count) +
                           (count == 1 ? " input" : " inputs") + ", and --input was given " +
                           std::to_string(request.inputs.size()) + " times"
                     : "the program does not describe its inputs, so --input has no "
                       "place; 'xs3 run --load PLACE=FILE' fills any memory"));
  for (std::size_t i = 0; i < count; ++i) {
    const NetworkTensor &tensor = subject.note->inputs[i];
    const Array array = request.inputs.empty()
                            ? pseudoRandomInput(tensor)
                            : readArray(request.inputs[i], tensor.dtype, arrayShape(tensor));
    inputs.push_back({tensor, array.bytes, assembler::sha256(array.bytes)});
  }
  return inputs;
}

/// What the program writes goes to standard error: standard output holds the report.
sim::ServicePermissions permissions(bool mayWrite) {
  sim::ServicePermissions allowed;
  if (mayWrite)
    allowed.write = [](int, std::span<const std::uint8_t> bytes) {
      std::cerr.write(reinterpret_cast<const char *>(bytes.data()),
                      static_cast<std::streamsize>(bytes.size()));
    };
  else
    allowed.write = [](int, std::span<const std::uint8_t>) {};
  return allowed;
}

struct Places {
  std::vector<profile::MemoryImage> images;
  std::vector<profile::MemoryRange> ranges;
};

profile::ProfiledRun runAt(const Subject &subject, const sim::MachineDescription &machine,
                           const sim::Cost &cost, const std::vector<profile::Region> &regions,
                           const Places &places, const sim::Limits &limits, bool mayWrite) {
  sim::MachineDescription atCost = machine;
  atCost.cost = cost;
  sim::HostServices services(permissions(mayWrite));
  return profile::runProfiled(subject.program, atCost, regions, places.images, places.ranges,
                              limits, services);
}

/// The exit status of cli.md for a run that did not end as it should; 0 for one that did.
int statusOf(const sim::Outcome &outcome) {
  switch (outcome.kind) {
  case sim::Outcome::Kind::Exit:
    return outcome.status;
  case sim::Outcome::Kind::Limit:
    return 124;
  case sim::Outcome::Kind::Deadlock:
    return 125;
  case sim::Outcome::Kind::Trap:
    return 132;
  case sim::Outcome::Kind::Unspecified:
    return 133;
  case sim::Outcome::Kind::Unimplemented:
    break;
  }
  return 70;
}

/// Runs at the machine's typical, low and high cost. Returns the exit status.
int simulate(const Request &request, const Subject &subject,
             const std::vector<profile::Region> &regions, Places places, Profile &result,
             Console &console) {
  const sim::MachineDescription &machine = result.machine;
  sim::Limits limits;
  limits.cycles = request.maxCycles.value_or(limits.cycles);
  const profile::ProfiledRun typical =
      runAt(subject, machine, machine.cost, regions, places, limits, true);
  if (const int status = statusOf(typical.regions.outcome)) {
    console.error(request.path + ": error: " + typical.ending);
    return status;
  }

  // The same program at other costs takes about as long; far beyond that it runs away.
  Cycles cycles = typical.regions.outside.cycles;
  for (const profile::Interval &interval : typical.regions.intervals)
    cycles += interval.cycles;
  const sim::Limits wider{16 * cycles + 1'000'000, limits.packets};
  auto low = std::async(std::launch::async, [&] {
    return runAt(subject, machine, machine.costLow, regions, places, wider, false);
  });
  profile::ProfiledRun high =
      runAt(subject, machine, machine.costHigh, regions, places, wider, false);
  profile::ProfiledRun lowRun = low.get();
  for (profile::ProfiledRun *run : {&lowRun, &high})
    if (run->regions.outcome.kind != sim::Outcome::Kind::Exit) {
      console.warning(request.path +
                      ": warning: the program does not end when the uncertain costs "
                      "of the machine change, so the band of its time is too narrow");
      *run = typical;
    }
  profile::fillRows(result, regions,
                    subject.note ? subject.note->layers : decltype(subject.note->layers){},
                    typical.regions, lowRun.regions, high.regions);
  for (std::size_t i = 0; i < typical.outputs.size(); ++i)
    result.outputs.push_back(
        {subject.note->outputs[i], typical.outputs[i], assembler::sha256(typical.outputs[i])});
  return 0;
}

std::vector<profile::Region> chooseRegions(const Request &request, const Subject &subject) {
  std::vector<profile::Region> regions =
      subject.note ? profile::networkRegions(*subject.note, subject.program, request.path)
                   : profile::labelledRegions(subject.program);
  for (const std::string &text : request.regions)
    regions.push_back(profile::parseRegion(text, subject.program));
  return regions;
}

Profile describeSubject(const Invocation &invocation, const Request &request,
                        const Subject &subject, const sim::MachineDescription &machine) {
  Profile result;
  result.machine = machine;
  result.model =
      subject.note ? subject.note->model : std::filesystem::path(request.path).filename().string();
  if (subject.note) {
    result.threads = subject.note->threads;
    result.memoryMap = subject.note->memoryMap;
  }
  const std::string text = sim::canonicalText(machine);
  const std::span bytes(reinterpret_cast<const std::uint8_t *>(text.data()), text.size());
  result.provenance = {invocation.commandLine(), std::string(version()), subject.modelSha256,
                       assembler::sha256(bytes), subject.programSha256};
  result.inputs = readInputs(request, subject);
  return result;
}

Array toArray(const profile::TensorValue &value) {
  return {value.tensor.dtype, arrayShape(value.tensor), value.bytes};
}

/// Before the run, so that a mistake costs no time.
void checkCounts(const Request &request, const Subject &subject) {
  const std::size_t count = subject.note ? subject.note->outputs.size() : 0;
  for (const auto &[option, files] :
       {std::pair{"--output", &request.outputs}, {"--check", &request.checks}})
    if (files->size() > count)
      throw Error(request.path + ": error: " + option + " was given " +
                  std::to_string(files->size()) + " times, and the network has " +
                  std::to_string(count) + (count == 1 ? " output" : " outputs"));
}

/// Says where the outputs differ from what was expected. Returns the exit status.
int checkOutputs(const Request &request, const Profile &result, Console &console) {
  int status = 0;
  for (std::size_t i = 0; i < request.checks.size(); ++i) {
    const Array got = toArray(result.outputs[i]);
    const Array expected = readArray(request.checks[i], got.dtype, got.shape);
    const auto difference = firstDifference(expected, got, request.tolerance.value_or(0));
    if (!difference)
      continue;
    console.error(request.checks[i] + ": error: " + result.outputs[i].tensor.symbol +
                  " differs first at index " + std::to_string(difference->index) + " " +
                  describePosition(difference->index, got.shape) + ": expected " +
                  difference->expected + ", got " + difference->got + " (" +
                  std::to_string(difference->count) + " of " +
                  std::to_string(got.bytes.size() / *dtypeBytes(got.dtype)) + " values differ)");
    status = 1;
  }
  return status;
}

std::vector<std::string> readLabels(const std::string &path) {
  std::vector<std::string> labels;
  const std::string text = readTextFile(path);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string label = text.substr(at, end - at);
    std::erase_if(label, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    labels.push_back(std::move(label));
    at = end + 1;
  }
  return labels;
}

/// UTF-8 only for a person whose terminal shows it.
bool terminalShowsUtf8(const Invocation &invocation, const Request &request) {
  if (!invocation.outIsTerminal || request.reportFile != "-")
    return false;
  for (const char *name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (const char *value = std::getenv(name); value && *value) {
      std::string locale(value);
      std::transform(locale.begin(), locale.end(), locale.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      return locale.find("utf-8") != locale.npos || locale.find("utf8") != locale.npos;
    }
  return false;
}

int runProfile(Invocation &invocation) {
  Request request;
  if (!readRequest(invocation, request))
    return 0;
  checkRequest(request);
  const sim::MachineDescription machine = request.machine.load();
  const Subject subject = prepare(request, machine);
  checkCounts(request, subject);
  Profile result = describeSubject(invocation, request, subject, machine);

  Places places;
  for (const profile::TensorValue &input : result.inputs)
    places.images.push_back(
        {placeOf(input.tensor, subject, request, machine).address, input.bytes});
  if (subject.note)
    for (const NetworkTensor &tensor : subject.note->outputs)
      places.ranges.push_back(placeOf(tensor, subject, request, machine));
  profile::ReportOptions reportOptions;
  reportOptions.utf8 = terminalShowsUtf8(invocation, request);
  if (request.labels)
    reportOptions.labels = readLabels(*request.labels);

  if (const int status = simulate(request, subject, chooseRegions(request, subject), places, result,
                                  invocation.console))
    return status;
  for (std::size_t i = 0; i < request.outputs.size(); ++i)
    writeArray(request.outputs[i], toArray(result.outputs[i]));
  const std::string report =
      profile::formatReport(result, *profile::parseReportFormat(request.report), reportOptions);
  if (request.reportFile == "-")
    invocation.out << report;
  else
    writeFile(request.reportFile, report);
  if (request.inputs.empty() && !result.inputs.empty())
    invocation.console.note("no --input was given: the input was a fixed pseudo-random one");
  return checkOutputs(request, result, invocation.console);
}

} // namespace

extern const Verb kProfileVerb;
const Verb kProfileVerb = {
    "profile",
    "run a network or a program and report what it cost, layer by layer",
    "[OPTION...] MODEL.tflite|PROGRAM.xe",
    R"(A model is compiled first ('xs3 compile' makes the same program). Layers run between the labels
layer.NAME and layer.NAME.end; a program that was not made from a network may have such labels too,
or take regions from --region. What runs outside every region has a row of its own, so the rows add
up to the total.

Time is simulated time of the chip, in cycles of the tile's clock; the band beside it comes from
running once more with the uncertain costs of the machine low, and once high. Energy is a model.
Without --input a fixed pseudo-random input is used: xorshift32 (13, 17, 5) from 2463534242, one step
an element; integers take the upper bits, floats are (x >> 8) / 2^23 - 1.)",
    "xs3 profile digits_bnn.tflite --input digit.npy\n"
    "xs3 profile digits_bnn.tflite --input digit.npy --output scores.npy --report json -o "
    "report.json",
    runProfile};

} // namespace xs3::cli
