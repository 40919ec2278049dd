// ops: what is listed, and that it says what the compiler takes.
#include "kernels/compiler/compile.h"
#include "tests/cli/cli_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace xs3::cli {
namespace {

TEST(Ops, EverySupportedOperatorHasALine) {
  const test::Result result = test::xs3({"ops"});
  EXPECT_EQ(result.status, 0);
  EXPECT_FALSE(compiler::supportedOperators().empty());
  for (const compiler::SupportedOperator &op : compiler::supportedOperators())
    EXPECT_THAT(result.out, testing::HasSubstr(std::string(op.name) + " "));
}

TEST(Ops, TheDigitsNetworksOperatorsAreAmongThem) {
  const std::string text = test::xs3({"ops"}).out;
  for (const char *name : {"CONV_2D", "LceQuantize", "LceBconv2d", "LceBMaxPool2d", "RESHAPE",
                           "QUANTIZE", "FULLY_CONNECTED", "SOFTMAX"})
    EXPECT_THAT(text, testing::HasSubstr(name));
}

TEST(Ops, TakesNoArguments) { EXPECT_EQ(test::xs3({"ops", "more"}).status, 2); }

} // namespace
} // namespace xs3::cli
