#include "sim/cli/profile_dataset.h"

#include "sim/cli/interrupt.h"
#include "sim/cli/profile_input.h"
#include "sim/cli/progress.h"
#include "sim/cli/terminal.h"
#include "sim/profile/answer.h"
#include "sim/profile/number_text.h"
#include "sim/profile/profile_run.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>

namespace xs3::cli {
namespace {

constexpr int kInterrupted = 130; // 128 + SIGINT, as shells say it.

/// What one input's run gave.
struct Result {
  profile::DatasetEntry entry;
  std::optional<profile::DatasetMismatch> mismatch;
};

class DatasetRun {
public:
  DatasetRun(const DatasetJob &job, DatasetSource &source)
      : job_(job), source_(source),
        input_(placeOf(job.subject.note->inputs[0], job.subject, job.programName, job.machine)),
        output_(placeOf(job.subject.note->outputs[0], job.subject, job.programName, job.machine)) {}

  void run() {
    std::vector<std::thread> others;
    const std::uint64_t workers = std::min<std::uint64_t>(job_.jobs, source_.count());
    for (std::uint64_t i = 1; i < workers; ++i)
      others.emplace_back([this] { work(); });
    work();
    for (std::thread &thread : others)
      thread.join();
    if (failure_)
      std::rethrow_exception(failure_);
    std::sort(results_.begin(), results_.end(),
              [](const Result &a, const Result &b) { return a.entry.index < b.entry.index; });
  }

  const std::vector<Result> &results() const { return results_; }

private:
  /// One host thread: takes inputs until there are no more.
  void work() {
    while (const auto item = take()) {
      try {
        if (auto result = runOne(*item))
          keep(std::move(*result));
      } catch (...) {
        fail(item->index, std::current_exception());
      }
    }
  }

  std::optional<DatasetItem> take() {
    const std::lock_guard lock(mutex_);
    if (failure_ || job_.stop)
      return std::nullopt;
    try {
      return source_.next();
    } catch (...) {
      failure_ = std::current_exception();
      return std::nullopt;
    }
  }

  /// Of several failures the one that a run without threads would have met first.
  void fail(std::size_t index, std::exception_ptr failure) {
    const std::lock_guard lock(mutex_);
    if (failure_ && failedIndex_ <= index)
      return;
    failure_ = std::move(failure);
    failedIndex_ = index;
  }

  void keep(Result result) {
    const std::lock_guard lock(mutex_);
    right_ += result.entry.isRight() ? 1 : 0;
    results_.push_back(std::move(result));
    if (job_.progress)
      job_.progress(results_.size(), right_);
  }

  /// Nothing when it was stopped on the way.
  std::optional<Result> runOne(const DatasetItem &item) const {
    sim::HostServices services(quiet());
    profile::RunSettings settings;
    settings.limits.cycles = job_.maxCycles;
    settings.stop = &job_.stop;
    const profile::MemoryImage image{input_.address, item.input};
    const profile::ProfiledRun run =
        profile::runProfiled(job_.subject.program, job_.machine, {}, std::span(&image, 1),
                             std::span(&output_, 1), settings, services);
    if (run.regions.outcome.kind == sim::Outcome::Kind::Limit && job_.stop)
      return std::nullopt;
    if (const int status = statusOf(run.regions.outcome))
      throw Error(job_.programName + ": error: on input " + std::to_string(item.index) + ": " +
                      run.ending,
                  status);
    Result result;
    result.entry.index = item.index;
    result.entry.trueClass = item.trueClass;
    result.entry.slots = run.regions.outside.sum().slots();
    result.entry.cycles = run.regions.outside.cycles;
    judge(item, run.outputs.front(), result);
    return result;
  }

  void judge(const DatasetItem &item, const std::vector<std::uint8_t> &output,
             Result &result) const {
    const assembler::NetworkTensor &tensor = job_.subject.note->outputs[0];
    const profile::TensorValue value{tensor, output, "", ""};
    if (job_.subject.classes() && profile::isClassScores(value)) {
      const profile::ClassScore best = profile::topClasses(value, 1).front();
      result.entry.answer = best.number;
      result.entry.score = best.score;
    }
    if (!item.expected)
      return;
    const Array got{tensor.dtype, arrayShape(tensor), output};
    const Array expected{got.dtype, got.shape, *item.expected};
    const auto difference = firstDifference(expected, got, job_.tolerance);
    result.entry.asExpected = !difference;
    if (difference)
      result.mismatch = {item.index, describePosition(difference->index, got.shape),
                         difference->expected, difference->got};
  }

  /// A data set is no conversation: what the program prints is left out.
  static sim::ServicePermissions quiet() {
    sim::ServicePermissions allowed;
    allowed.write = [](int, std::span<const std::uint8_t>) {};
    return allowed;
  }

  const DatasetJob &job_;
  DatasetSource &source_;
  const profile::MemoryRange input_, output_;

  std::mutex mutex_; ///< Of everything below, and of source_.
  std::vector<Result> results_;
  std::size_t right_ = 0;
  std::exception_ptr failure_;
  std::size_t failedIndex_ = 0;
};

DatasetShape shapeOf(const ProfileRequest &request, const Subject &subject) {
  if (!subject.note)
    throw Error(request.path + ": error: the program does not describe its inputs, so there is no "
                               "place for a data set; compile the model again");
  const assembler::NetworkNote &note = *subject.note;
  if (note.inputs.size() != 1 || note.outputs.size() != 1)
    throw Error(request.path + ": error: the network has " + std::to_string(note.inputs.size()) +
                " inputs and " + std::to_string(note.outputs.size()) +
                " outputs; --dataset is for one of each");
  return {note.inputs[0], note.outputs[0], subject.classes(), request.input};
}

std::string accuracySoFar(std::size_t done, std::size_t right) {
  return ", " + profile::fixed(100 * static_cast<double>(right) / static_cast<double>(done), 1) +
         " % right";
}

} // namespace

void runEveryInput(const DatasetJob &job, DatasetSource &source, profile::DatasetReport &report) {
  DatasetRun run(job, source);
  run.run();
  for (const Result &result : run.results()) {
    report.entries.push_back(result.entry);
    if (result.mismatch && !report.mismatch)
      report.mismatch = result.mismatch;
  }
}

int runDataset(Invocation &invocation, const ProfileRequest &request, const Subject &subject,
               const sim::MachineDescription &machine) {
  DatasetSource source(*request.dataset, shapeOf(request, subject));
  profile::ReportOptions options = terminalOptions(invocation, request.reportFile);
  if (request.labels)
    options.labels = readLabels(*request.labels, subject);
  profile::DatasetReport report;
  report.model = subject.note->model;
  report.machine = machine;
  report.threads = subject.note->threads;
  report.provenance = provenanceOf(invocation, subject, machine);
  report.dataset = *request.dataset;
  report.conversion = source.conversion();
  report.count = source.count();
  report.classes = subject.classes();

  const auto start = Progress::Clock::now();
  InterruptFlag interrupt;
  {
    Progress progress(invocation.console, start);
    const auto tell = [&](std::size_t done, std::size_t right) {
      progress.update(done, source.count(), report.classes ? accuracySoFar(done, right) : "");
    };
    const std::uint64_t cores = std::max(1U, std::thread::hardware_concurrency());
    runEveryInput({subject, request.path, machine, request.jobs.value_or(cores),
                   request.maxCycles.value_or(~Cycles{0}), request.tolerance.value_or(0),
                   interrupt.requested(), tell},
                  source, report);
  }
  deliverReport(invocation, request.reportFile,
                profile::formatDataset(report, request.reportFormat(), options));
  const double seconds = std::chrono::duration<double>(Progress::Clock::now() - start).count();
  invocation.console.detail(profile::grouped(report.entries.size()) + " inputs in " +
                            profile::fixed(seconds, 3) + " s of the host");
  if (!report.isComplete()) {
    invocation.console.warning("stopped by Ctrl-C after " +
                               profile::grouped(report.entries.size()) + " of " +
                               profile::grouped(report.count) + " inputs; the report is of those");
    return kInterrupted;
  }
  if (!report.mismatch)
    return 0;
  const profile::DatasetMismatch &first = *report.mismatch;
  invocation.console.error(*request.dataset + ": error: " + profile::grouped(report.differing()) +
                           " of " + profile::grouped(report.compared()) +
                           " outputs differ, first that of input " + std::to_string(first.index) +
                           " at " + first.position + ": expected " + first.expected + ", got " +
                           first.got);
  return 1;
}

} // namespace xs3::cli
