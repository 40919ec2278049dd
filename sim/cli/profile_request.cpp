#include "sim/cli/profile_request.h"

namespace xs3::cli {
namespace {

void describeOptions(Options &options, ProfileRequest &request) {
  options.values("input,i", "FILE", request.inputs,
                 "an input: .npy, raw bytes, .png, .pgm, .ppm or .wav; repeat it for further ones");
  options.value("input-as", "KIND", request.inputAs,
                "what the input is: tensor, real, image, wav, or auto (by the file's ending)");
  options.value("pixel-range", "LOW..HIGH", request.pixelRange,
                "what black and white of an image are to the network (-1..1)");
  options.values("output", "FILE", request.outputs,
                 "write the output tensor there, .npy or raw bytes; repeatable");
  options.value("report", "text|json|csv", request.report, "the form of the report (text)");
  options.value("out,o", "FILE", request.reportFile, "write the report there");
  options.values("check", "FILE", request.checks,
                 "an expected output: exit status 1 when it differs; repeatable");
  options.flag("verify", request.verify,
               "compare every layer's result with the scalar reference: exit status 1 when one "
               "differs");
  options.value("model", "MODEL.tflite", request.model,
                "the model that a PROGRAM.xe was compiled from, for --verify");
  options.value("tolerance", "R", request.tolerance,
                "how far floats may differ in --check, --verify and --dataset, relative to the "
                "expected value (0)");
  options.value("dump-tensors", "FOLDER", request.dumpFolder,
                "write every layer's result there as INDEX_OPERATOR.npy");
  options.value("dataset", "FOLDER|FILE.npz", request.dataset,
                "run all inputs of a data set; see above");
  options.value("jobs,j", "N", request.jobs, "inputs of --dataset at a time (all host cores)");
  options.value("labels", "FILE", request.labels, "names of the classes, one a line");
  options.value("threads", "N", request.threads, "hardware threads to compile for (5)");
  request.machine.addTo(options);
  options.values("region", "NAME=LABEL[..LABEL]", request.regions,
                 "a region of a program; repeatable");
  options.value("max-cycles", "N", request.maxCycles, "stop after that many clock cycles");
}

/// A data set says itself what goes in and what must come out.
void checkDatasetRequest(const ProfileRequest &request) {
  if (!request.dataset) {
    if (request.jobs)
      throw UsageError("error: --jobs is for --dataset");
    return;
  }
  for (const auto &[option, given] : {std::pair{"--input", !request.inputs.empty()},
                                      {"--output", !request.outputs.empty()},
                                      {"--check", !request.checks.empty()},
                                      {"--region", !request.regions.empty()},
                                      {"--verify", request.verify},
                                      {"--dump-tensors", request.dumpFolder.has_value()}})
    if (given)
      throw UsageError(std::string("error: ") + option +
                       " is for a single run; leave it out beside --dataset");
  if (request.jobs && (*request.jobs < 1 || *request.jobs > 1024))
    throw UsageError("error: --jobs wants 1 to 1024");
}

} // namespace

profile::ReportFormat ProfileRequest::reportFormat() const {
  return *profile::parseReportFormat(report.value_or("text"));
}

bool readProfileRequest(Invocation &invocation, ProfileRequest &request) {
  std::vector<std::string> paths;
  Options options(invocation);
  describeOptions(options, request);
  options.positional("MODEL.tflite or PROGRAM.xe", paths, 1, 1);
  if (!options.parse())
    return false;
  request.path = paths.front();
  request.input = parseInputOptions(request.inputAs, request.pixelRange);
  if (request.report && !profile::parseReportFormat(*request.report))
    throw UsageError("error: --report wants text, json or csv, not '" + *request.report + "'");
  if (request.threads && (*request.threads < 1 || *request.threads > 8))
    throw UsageError("error: --threads wants 1 to 8");
  if (request.tolerance && *request.tolerance < 0)
    throw UsageError("error: --tolerance wants a number of 0 or more");
  if (request.model && !request.verify)
    throw UsageError("error: --model is for --verify of a program");
  checkDatasetRequest(request);
  return true;
}

} // namespace xs3::cli
