// The report of a data set for people.
#include "sim/profile/dataset_formats.h"
#include "sim/profile/fact.h"
#include "sim/profile/number_text.h"
#include "sim/profile/table.h"

#include <algorithm>

namespace xs3::profile {
namespace {

/// Beyond that a matrix is no help to a reader; JSON has it whole.
constexpr std::size_t kMostClassesInText = 30;
constexpr std::size_t kMostWrongInText = 10;

double number(std::size_t count) { return static_cast<double>(count); }

std::string className(std::size_t number, const std::vector<std::string> &labels) {
  return number < labels.size() ? std::to_string(number) + " " + labels[number]
                                : std::to_string(number);
}

std::string doneFact(const DatasetReport &report) {
  const std::string all = grouped(report.count) + (report.count == 1 ? " input" : " inputs");
  return report.dataset + ": " +
         (report.isComplete() ? all
                              : "stopped after " + grouped(report.entries.size()) + " of " + all) +
         "; " + report.conversion;
}

std::string expectedFact(const DatasetReport &report) {
  if (report.differing() == 0)
    return "all " + grouped(report.compared()) + " outputs are as expected";
  const DatasetMismatch &first = *report.mismatch;
  return grouped(report.differing()) + " of " + grouped(report.compared()) +
         " outputs differ; the first is that of input " + std::to_string(first.index) + ", at " +
         first.position + ": expected " + first.expected + ", got " + first.got;
}

std::string slotsFact(const DatasetReport &report) {
  const Spread spread = spreadOf(report.entries, &DatasetEntry::slots);
  return "least " + grouped(spread.least) + ", median " + grouped(spread.median) + ", most " +
         grouped(spread.most) + " an input, of all threads";
}

std::string timeFact(const DatasetReport &report) {
  const Spread spread = spreadOf(report.entries, &DatasetEntry::cycles);
  const Unit unit = timeUnit(report.machine.seconds(spread.most));
  const auto time = [&](Cycles cycles) {
    return fixed(report.machine.seconds(cycles) / unit.factor, 2);
  };
  return "least " + time(spread.least) + ", median " + time(spread.median) + ", most " +
         time(spread.most) + " " + std::string(unit.name) + " an input; " + grouped(spread.least) +
         ", " + grouped(spread.median) + ", " + grouped(spread.most) + " cycles";
}

/// Rows: the true class; columns: what the network said.
std::string confusionTable(const DatasetReport &report, const ReportOptions &options) {
  const auto counts = confusion(report);
  std::vector<std::string> header = {"true"};
  for (std::size_t column = 0; column < counts.size(); ++column)
    header.push_back(std::to_string(column));
  header.push_back("right %");
  Table table(header, 1);
  std::size_t widest = 0;
  for (std::size_t row = 0; row < counts.size(); ++row) {
    std::vector<std::string> cells = {className(row, options.labels)};
    std::size_t all = 0;
    for (const std::size_t count : counts[row]) {
      cells.push_back(count ? grouped(count) : ".");
      widest = std::max(widest, cells.back().size());
      all += count;
    }
    cells.push_back(percent(number(counts[row][row]), number(all)));
    table.add(cells);
  }
  const std::size_t least = 16 + counts.size() * (1 + widest) + 8;
  if (counts.size() > kMostClassesInText || least > options.width)
    return "The confusion matrix of " + std::to_string(counts.size()) +
           " classes is too wide for here; --report json has it.\n";
  return "Answers (columns) by true class (rows)\n\n" + table.text(options.width);
}

std::string wrongLines(const DatasetReport &report, const ReportOptions &options) {
  std::string text;
  std::size_t lines = 0;
  for (const DatasetEntry &entry : report.entries) {
    if (!entry.trueClass || !entry.answer || entry.isRight())
      continue;
    if (++lines <= kMostWrongInText)
      text += "  input " + std::to_string(entry.index) + ": " +
              className(*entry.answer, options.labels) + " (" + fixed(entry.score, 4) + ") where " +
              className(*entry.trueClass, options.labels) + " is true\n";
  }
  if (lines > kMostWrongInText)
    text += "  and " + grouped(lines - kMostWrongInText) + " more; --report csv has all\n";
  return text.empty() ? text : "\nWrong answers\n\n" + text;
}

} // namespace

std::string formatDatasetText(const DatasetReport &report, const ReportOptions &options) {
  const std::size_t width = options.width;
  std::string text = fact("Model", report.model, width) +
                     fact("Machine", machineFact(report.machine, report.threads), width) +
                     fact("Data", doneFact(report), width);
  if (!report.entries.empty()) {
    if (report.hasClasses())
      text += fact("Accuracy",
                   percent(number(report.right()), number(report.entries.size()), 2) + " % (" +
                       grouped(report.right()) + " of " + grouped(report.entries.size()) + ")",
                   width);
    if (report.compared())
      text += fact("Expected", expectedFact(report), width);
    text += fact("Slots", slotsFact(report), width) + fact("Time", timeFact(report), width);
  }
  text += provenanceFacts(report.provenance, width);
  if (report.hasClasses())
    text += "\n" + confusionTable(report, options) + wrongLines(report, options);
  return text;
}

} // namespace xs3::profile
