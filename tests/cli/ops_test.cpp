// ops: what is listed, and that the kernel table, this list and the README say the same. That every
// row is exercised, and every limit at its edge, is tested beside the compiler
// (compile_operators_test.cpp, operator_limits_test.cpp).
#include "base/file.h"
#include "kernels/compiler/lower/kernel_table.h"
#include "tests/cli/cli_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace xs3::cli {
namespace {

using compiler::ElementType;
using compiler::KernelRow;

/// Every run of blanks and line ends as one blank.
std::string unwrapped(const std::string &text) {
  std::istringstream words(text);
  std::string all, word;
  while (words >> word)
    all += (all.empty() ? "" : " ") + word;
  return all;
}

TEST(Ops, ListsEveryRowOfTheKernelTableWithItsLimitsAndNothingElse) {
  const test::Result result = test::xs3({"ops"});
  EXPECT_EQ(result.status, 0);
  std::string expected;
  for (const KernelRow &row : compiler::kernelTable())
    expected +=
        std::string(row.name) + " " + describeForm(row) + ": " + std::string(row.limits) + " ";
  EXPECT_EQ(unwrapped(result.out), unwrapped(expected));
}

/// Names of the rows that `belongs` takes, in their order, each once.
template <typename Predicate> std::string namesOf(Predicate &&belongs) {
  std::string names;
  std::string_view last;
  for (const KernelRow &row : compiler::kernelTable())
    if (belongs(row) && row.name != last) {
      names += (names.empty() ? "" : ", ") + std::string(row.name);
      last = row.name;
    }
  return names;
}

TEST(Ops, TheReadmeNamesTheSameOperators) {
  const auto has = [](const KernelRow &row, ElementType type) {
    return row.input == type || row.output == type;
  };
  const auto binary = [&](const KernelRow &row) { return has(row, ElementType::Int32); };
  const auto int8 = [&](const KernelRow &row) {
    return !binary(row) && has(row, ElementType::Int8);
  };
  const auto real = [&](const KernelRow &row) { return !binary(row) && !int8(row); };
  const std::string row = "| operators | on packed bits: " + namesOf(binary) +
                          ". int8: " + namesOf(int8) + ". float32: " + namesOf(real) + " |";
  EXPECT_THAT(readTextFile(XS3_SOURCE_DIR "/README.md"), testing::HasSubstr("\n" + row + "\n"));
}

TEST(Ops, TakesNoArguments) { EXPECT_EQ(test::xs3({"ops", "more"}).status, 2); }

} // namespace
} // namespace xs3::cli
