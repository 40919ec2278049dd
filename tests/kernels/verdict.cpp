#include "tests/kernels/verdict.h"

#include "base/error.h"
#include "kernels/compiler/compile.h"
#include "tests/kernels/expectation.h"
#include "tests/kernels/model_files.h"
#include "tests/kernels/network_run.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>
#include <stdexcept>

namespace xs3::test {
namespace {

namespace fs = std::filesystem;
using compiler::Bytes;
using compiler::Network;
using compiler::OperatorKind;

constexpr unsigned kThreads = compiler::kDefaultThreads, kMostThreads = 8;

/// Files that cannot be run, and what the sentence that refuses them must say.
struct Exclusion {
  std::string_view file, says;
};
constexpr Exclusion kExcluded[] = {
    {"int8/test_mean_0.tflite", "int8 without quantization"},
};

struct Target {
  std::string name;
  std::vector<std::string> settings;
};

/// A tile's SRAM holds the network, whatever share of the work a thread takes.
bool fitsTile(const Network &network) {
  try {
    compiler::compile(network, "", sim::loadMachine("xu316"), {kMostThreads});
    return true;
  } catch (const Error &error) {
    if (std::string_view(error.what()).find("does not fit") != std::string_view::npos)
      return false;
    throw;
  }
}

/// A real tile; or, for what does not fit one, a machine with SRAM enough for the largest, and one
/// with LPDDR.
std::vector<Target> targets(const Network &network, Effort effort) {
  if (fitsTile(network))
    return {{"xu316", {}}};
  std::vector<Target> machines = {{"xu316-big", {"architecture.sram.bytes=16777216"}}};
  if (effort == Effort::Long)
    machines.push_back({"xu316-lpddr", {}});
  return machines;
}

/// One file under examination.
class Examination {
public:
  Examination(const Network &network, const Expectation &expected, Effort effort)
      : network_(network), expected_(expected), effort_(effort) {}

  Verdict run() {
    for (const Target &target : targets(network_, effort_)) {
      machine_ = sim::loadMachine(target.name, target.settings);
      runMachine();
      compared_ += (compared_.empty() ? "" : " and ") + target.name;
    }
    verdict_.kind = Verdict::Kind::Right;
    verdict_.text = expected_.tolerance == 0 ? "equal" : "within 1e-05";
    verdict_.compared = std::to_string(inputs()) + (inputs() == 1 ? " input" : " inputs") +
                        (layers() == 0 ? "" : ", " + std::to_string(layers()) + " tensors") + ", " +
                        (effort_ == Effort::Long ? "1 to 8" : std::to_string(kThreads)) +
                        " threads, " + compared_;
    return verdict_;
  }

private:
  std::size_t inputs() const { return effort_ == Effort::Brief ? 1 : expected_.runs.size(); }
  std::size_t layers() const {
    return std::max(expected_.tensors.size(), expected_.checksums.size());
  }

  void runMachine() {
    runThreads(kThreads);
    if (effort_ == Effort::Long)
      for (unsigned threads = 1; threads <= kMostThreads; ++threads)
        if (threads != kThreads)
          runThreads(threads);
  }

  void runThreads(unsigned threads) {
    const compiler::Compiled compiled = compiler::compile(network_, "", machine_, {threads});
    for (std::size_t i = 0; i < inputs(); ++i) {
      place_ =
          machine_.name + ", " + std::to_string(threads) + " threads, input " + std::to_string(i);
      const NetworkRun made = runNetwork(compiled.program, expected_.runs[i].inputs, machine_);
      if (made.outcome.kind != sim::Outcome::Kind::Exit)
        fail(describeOutcome(made.outcome, compiled.program));
      if (i == 0)
        compareLayers(made);
      compareOutputs(made, expected_.runs[i]);
      if (verdict_.slots == 0)
        verdict_.slots = made.slots;
    }
  }

  void compareLayers(const NetworkRun &made) {
    if (layers() != 0 && layers() != made.layers.size())
      fail(std::to_string(made.layers.size()) + " layers, not " + std::to_string(layers()));
    for (std::size_t i = 0; i < layers(); ++i) {
      const std::string name = layerName(network_.operators[i]);
      if (!expected_.checksums.empty() && crc32Of(made.layers[i]) != expected_.checksums[i])
        fail(name + " has CRC-32 " + crc32Of(made.layers[i]) + ", not " + expected_.checksums[i]);
      if (!expected_.tensors.empty())
        wantEqual(name, made.layers[i], expected_.tensors.at(name),
                  network_.output(network_.operators[i]).type);
      verdict_.bytes += made.layers[i].size();
    }
  }

  void compareOutputs(const NetworkRun &made, const ExpectedRun &expected) {
    if (made.outputs.size() != expected.outputs.size())
      fail(std::to_string(made.outputs.size()) + " outputs");
    for (std::size_t i = 0; i < made.outputs.size(); ++i) {
      const std::string name = "output " + std::to_string(i);
      if (expected_.tolerance == 0)
        wantEqual(name, made.outputs[i], expected.outputs[i],
                  network_.tensor(network_.outputs[i]).type);
      else
        wantNear(name, made.outputs[i], expected.outputs[i]);
      verdict_.bytes += made.outputs[i].size();
    }
  }

  void wantEqual(const std::string &name, const Bytes &got, const Bytes &expected,
                 compiler::ElementType type) const {
    const std::string difference = firstDifference(got, expected, type);
    if (!difference.empty())
      fail(name + ": " + difference);
  }

  void wantNear(const std::string &name, const Bytes &got, const Bytes &expected) const {
    if (got.size() != expected.size())
      fail(name + ": " + std::to_string(got.size()) + " bytes");
    for (std::size_t at = 0; at < got.size(); at += sizeof(float)) {
      float a, b;
      std::memcpy(&a, &got[at], sizeof a);
      std::memcpy(&b, &expected[at], sizeof b);
      if (!(std::abs(double{a} - b) <= expected_.tolerance * std::abs(double{b})))
        fail(name + ": element " + std::to_string(at / sizeof a) + " is " + std::to_string(a) +
             ", not " + std::to_string(b));
    }
  }

  [[noreturn]] void fail(const std::string &what) const {
    throw std::runtime_error(place_ + ": " + what);
  }

  const Network &network_;
  const Expectation &expected_;
  Effort effort_;
  sim::MachineDescription machine_;
  std::string place_, compared_;
  Verdict verdict_;
};

Verdict excluded(const ModelFile &file, const Exclusion &row) {
  Verdict verdict;
  try {
    compiler::compile(load(file.path), "", sim::loadMachine("xu316"));
    verdict.text = "WRONG: it is excluded, but nothing refuses it";
  } catch (const Error &error) {
    const std::string sentence = error.what();
    const bool asExpected = sentence.find(row.says) != std::string::npos;
    verdict.kind = asExpected ? Verdict::Kind::Excluded : Verdict::Kind::Wrong;
    verdict.text = (asExpected ? "excluded: " : "WRONG: ") + sentence;
  }
  return verdict;
}

Verdict examined(const ModelFile &file, Effort effort) {
  const Network network = load(file.path);
  const Expectation expected = expectationOf(file, network);
  Verdict verdict;
  if (effort == Effort::Brief && expected.isStructure) {
    verdict.kind = Verdict::Kind::Skipped;
    verdict.text = "skipped: of real size";
  } else {
    verdict = Examination(network, expected, effort).run();
  }
  verdict.vendor = vendorRefusal(network);
  return verdict;
}

void collect(const fs::path &folder, const std::string &prefix, std::vector<ModelFile> &files) {
  if (!fs::exists(folder))
    return;
  for (const auto &entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".tflite")
      files.push_back(
          {prefix + fs::relative(entry.path(), folder).string(), entry.path(), entry.file_size()});
}

} // namespace

std::vector<ModelFile> modelFiles() {
  std::vector<ModelFile> files;
  collect(bundled(""), "bundled/", files);
  collect(shared(""), "", files);
  std::sort(files.begin(), files.end(),
            [](const ModelFile &a, const ModelFile &b) { return a.name < b.name; });
  return files;
}

Verdict examine(const ModelFile &file, Effort effort) {
  try {
    for (const Exclusion &row : kExcluded)
      if (row.file == file.name)
        return excluded(file, row);
    return examined(file, effort);
  } catch (const std::exception &error) {
    Verdict verdict;
    verdict.text = std::string("WRONG: ") + error.what();
    return verdict;
  }
}

std::string vendorRefusal(const Network &network) {
  std::set<std::string> reasons;
  for (const compiler::Operator &op : network.operators) {
    if (op.kind == OperatorKind::LceBMaxPool2d || op.kind == OperatorKind::LceDequantize)
      reasons.insert(op.name);
    if (op.kind != OperatorKind::LceBconv2d)
      continue;
    const auto &options = std::get<compiler::Bconv2dOptions>(op.options);
    const compiler::ElementType type = network.output(op).type;
    const std::vector<std::int32_t> &filter = network.input(op, 1)->shape;
    if (type == compiler::ElementType::Float32)
      reasons.insert("float output");
    if (type == compiler::ElementType::Int8 && options.activation != compiler::Activation::Relu)
      reasons.insert("int8 output without RELU");
    if (options.padding == compiler::Padding::Same && !options.padWithOnes)
      reasons.insert("zero padding");
    if (filter[0] % 4 != 0)
      reasons.insert("output depth no multiple of 4");
    if (type == compiler::ElementType::Int32 && filter[0] % 32 != 0)
      reasons.insert("packed output depth no multiple of 32");
    if (options.channelsIn % 32 != 0)
      reasons.insert("input depth no multiple of 32");
    if (network.input(op, 0)->shape[3] != filter[3])
      reasons.insert("groups");
  }
  std::string text;
  for (const std::string &reason : reasons)
    text += (text.empty() ? "" : ", ") + reason;
  return text;
}

} // namespace xs3::test
