// xs3 profile: run a network or a program, and report what it cost, layer by layer.
#include "asm/link/sha256.h"
#include "sim/cli/profile_dataset.h"
#include "sim/cli/profile_input.h"
#include "sim/cli/profile_request.h"
#include "sim/cli/profile_subject.h"
#include "sim/cli/profile_verify.h"
#include "sim/cli/terminal.h"
#include "sim/profile/profile_run.h"
#include "sim/profile/report.h"

#include <filesystem>
#include <future>
#include <iostream>

namespace xs3::cli {
namespace {

using assembler::NetworkTensor;
using profile::Profile;

std::vector<profile::TensorValue> readInputs(const ProfileRequest &request,
                                             const Subject &subject) {
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
    InputTensor input;
    if (request.inputs.empty())
      input = {pseudoRandomInput(tensor).bytes, "fixed pseudo-random values"};
    else
      input = readInput(request.inputs[i], tensor, request.input);
    const std::string source =
        request.inputs.empty() ? input.conversion : request.inputs[i] + ": " + input.conversion;
    const std::string hash = assembler::sha256(input.bytes);
    inputs.push_back({tensor, std::move(input.bytes), hash, source});
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

Places placesOf(const ProfileRequest &request, const Subject &subject, const Profile &result) {
  Places places;
  for (const profile::TensorValue &input : result.inputs)
    places.images.push_back(
        {placeOf(input.tensor, subject, request.path, result.machine).address, input.bytes});
  if (subject.note)
    for (const NetworkTensor &tensor : subject.note->outputs)
      places.ranges.push_back(placeOf(tensor, subject, request.path, result.machine));
  return places;
}

profile::ProfiledRun runAt(const Subject &subject, const sim::MachineDescription &machine,
                           const sim::Cost &cost, const std::vector<profile::Region> &regions,
                           const Places &places, const profile::RunSettings &settings,
                           bool mayWrite) {
  sim::MachineDescription atCost = machine;
  atCost.cost = cost;
  sim::HostServices services(permissions(mayWrite));
  return profile::runProfiled(subject.program, atCost, regions, places.images, places.ranges,
                              settings, services);
}

/// Runs at the machine's typical, low and high cost. Returns the exit status; `layers` gets the
/// layers' results where they are wanted.
int simulate(const ProfileRequest &request, const Subject &subject,
             const std::vector<profile::Region> &regions, Profile &result, Console &console,
             std::vector<std::vector<std::uint8_t>> &layers) {
  const sim::MachineDescription &machine = result.machine;
  const Places places = placesOf(request, subject, result);
  profile::RunSettings settings;
  settings.limits.cycles = request.maxCycles.value_or(settings.limits.cycles);
  settings.programName = request.path;
  if (request.verify || request.dumpFolder)
    settings.captured = &*subject.note;
  profile::ProfiledRun typical =
      runAt(subject, machine, machine.cost, regions, places, settings, true);
  if (const int status = statusOf(typical.regions.outcome)) {
    console.error(request.path + ": error: " + typical.ending);
    return status;
  }
  layers = std::move(typical.layers);

  // The same program at other costs takes about as long; far beyond that it runs away.
  Cycles cycles = typical.regions.outside.cycles;
  for (const profile::Interval &interval : typical.regions.intervals)
    cycles += interval.cycles;
  profile::RunSettings wider;
  wider.limits.cycles = 16 * cycles + 1'000'000;
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
      result.bandKnown = false;
      *run = typical;
    }
  if (!subject.note)
    result.threads = profile::threadsUsed(typical.regions);
  profile::fillRows(result, regions,
                    subject.note ? subject.note->layers : decltype(subject.note->layers){},
                    typical.regions, lowRun.regions, high.regions);
  for (std::size_t i = 0; i < typical.outputs.size(); ++i)
    result.outputs.push_back(
        {subject.note->outputs[i], typical.outputs[i], assembler::sha256(typical.outputs[i]), ""});
  return 0;
}

std::vector<profile::Region> chooseRegions(const ProfileRequest &request, const Subject &subject) {
  std::vector<profile::Region> regions =
      subject.note ? profile::networkRegions(*subject.note, subject.program, request.path)
                   : profile::labelledRegions(subject.program);
  for (const std::string &text : request.regions)
    regions.push_back(profile::parseRegion(text, subject.program));
  return regions;
}

Profile describeSubject(const Invocation &invocation, const ProfileRequest &request,
                        const Subject &subject, const sim::MachineDescription &machine) {
  Profile result;
  result.machine = machine;
  result.model =
      subject.note ? subject.note->model : std::filesystem::path(request.path).filename().string();
  if (subject.note) {
    result.threads = subject.note->threads;
    result.copyThreads = subject.note->copyThreads;
    result.memoryMap = subject.note->memoryMap;
  }
  result.provenance = provenanceOf(invocation, subject, machine);
  result.inputs = readInputs(request, subject);
  return result;
}

Array toArray(const profile::TensorValue &value) {
  return {value.tensor.dtype, arrayShape(value.tensor), value.bytes};
}

/// Before the run, so that a mistake costs no time.
void checkAgainst(const ProfileRequest &request, const Subject &subject) {
  const std::size_t count = subject.note ? subject.note->outputs.size() : 0;
  for (const auto &[option, files] :
       {std::pair{"--output", &request.outputs}, {"--check", &request.checks}})
    if (files->size() > count)
      throw Error(request.path + ": error: " + option + " was given " +
                  std::to_string(files->size()) + " times, and the network has " +
                  std::to_string(count) + (count == 1 ? " output" : " outputs"));
  if (request.verify && !subject.network)
    throw Error(request.path + ": error: --verify needs the model that the program was compiled "
                               "from; add --model MODEL.tflite");
  if (request.dumpFolder && !subject.note)
    throw Error(request.path + ": error: the program does not describe its layers, so there are "
                               "no tensors to dump; 'xs3 run --dump PLACE=FILE' saves any memory");
}

/// Says where the outputs differ from what was expected. Returns the exit status.
int checkOutputs(const ProfileRequest &request, const Profile &result, Console &console) {
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
  if (result.verification && result.verification->first) {
    console.error(request.path + ": error: " + describeDifference(*result.verification));
    status = 1;
  }
  return status;
}

int runSingle(Invocation &invocation, const ProfileRequest &request, const Subject &subject,
              const sim::MachineDescription &machine) {
  Profile result = describeSubject(invocation, request, subject, machine);
  profile::ReportOptions options = terminalOptions(invocation, request.reportFile);
  if (request.labels)
    options.labels = readLabels(*request.labels, subject);
  std::vector<std::vector<std::uint8_t>> layers;
  if (const int status = simulate(request, subject, chooseRegions(request, subject), result,
                                  invocation.console, layers))
    return status;
  if (request.dumpFolder)
    dumpLayers(*request.dumpFolder, subject, request.path, layers);
  if (request.verify)
    result.verification =
        verifyLayers(subject, request.path, result.inputs, layers, request.tolerance.value_or(0));
  for (std::size_t i = 0; i < request.outputs.size(); ++i)
    writeArray(request.outputs[i], toArray(result.outputs[i]));
  deliverReport(invocation, request.reportFile,
                profile::formatReport(result, request.reportFormat(), options));
  if (request.inputs.empty() && !result.inputs.empty())
    invocation.console.note("no --input was given: the input was a fixed pseudo-random one");
  return checkOutputs(request, result, invocation.console);
}

int runProfile(Invocation &invocation) {
  ProfileRequest request;
  if (!readProfileRequest(invocation, request))
    return 0;
  const sim::MachineDescription machine = request.machine.load();
  const Subject subject = prepareSubject(request, machine);
  if (request.dataset)
    return runDataset(invocation, request, subject, machine);
  checkAgainst(request, subject);
  return runSingle(invocation, request, subject, machine);
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

Inputs: .npy and raw bytes are the tensor itself; an .npy file of floats is quantized where the
tensor wants it. An image (PNG, PGM, PPM) must have the tensor's size and 1 or 3 channels; black to
white become the --pixel-range. A .wav file (16-bit PCM, 1 channel, 16000 Hz, one second) becomes
49x40 log-mel features. Nothing is resized. The report says what was done. Without --input a fixed
pseudo-random input is used: xorshift32 (13, 17, 5) from 2463534242, one step an element; integers
take the upper bits, floats are (x >> 8) / 2^23 - 1.

A data set is a folder with manifest.json (count, input and output with shape and dtype, the true
class of each input), inputs.bin and outputs.bin (may be missing: what the outputs must be, else exit
status 1), or an .npz file with the arrays x or inputs, and y or labels. The report then has
accuracy, slots and the confusion matrix; CSV has a line an input. Ctrl-C ends it with what is done.)",
    "xs3 profile digits_bnn.tflite --input digit.npy\n"
    "xs3 profile digits_bnn.tflite --input digit.npy --output scores.npy --report json -o "
    "report.json\n"
    "xs3 profile digits_bnn.tflite --input six.png --labels names.txt\n"
    "xs3 profile digits_bnn.tflite --input digit.npy --verify --dump-tensors tensors/\n"
    "xs3 profile digits.xe --model digits_bnn.tflite --verify\n"
    "xs3 profile digits_bnn.tflite --dataset kernels/models/digits_bnn",
    runProfile};

} // namespace xs3::cli
