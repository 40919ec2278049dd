// What only the process itself shows: pipes, terminals, signals, a full disk.
#include "tests/cli/cli_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

namespace xs3::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char *kEscape = "\033[";

TEST(Program, ResultsGoToStandardOutputMessagesToStandardError) {
  const test::Result good = test::shell("$XS3 --version");
  EXPECT_EQ(good.status, 0);
  EXPECT_EQ(good.err, "");
  const test::Result bad = test::shell("$XS3 nonsense");
  EXPECT_EQ(bad.status, 2);
  EXPECT_EQ(bad.out, "");
  EXPECT_THAT(bad.err, HasSubstr("no verb 'nonsense'"));
}

TEST(Program, ColourIsForTerminalsOnly) {
  EXPECT_THAT(test::shell("$XS3 nonsense").err, Not(HasSubstr(kEscape)));
  EXPECT_THAT(test::onTerminal("unset NO_COLOR; $XS3 nonsense").out, HasSubstr(kEscape));
  EXPECT_THAT(test::onTerminal("NO_COLOR=1 $XS3 nonsense").out, Not(HasSubstr(kEscape)));
}

TEST(Program, ACloserPipeEndsItQuietly) {
  // The reader is gone before anything is written.
  const test::Result result = test::shell("{ sleep 0.1; $XS3; } | true");
  EXPECT_EQ(result.err, "");
  const test::Result ignoring = test::shell("trap '' PIPE; { sleep 0.1; $XS3; } | true");
  EXPECT_EQ(ignoring.err, "");
}

TEST(Program, AFullDiskIsAnError) {
  const test::Result result = test::shell("$XS3 >/dev/full");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("standard output: error: cannot be written"));
}

TEST(Program, UnicodeIsForTerminalsThatShowIt) {
  const std::string command =
      "$XS3 profile " + test::kDigitsModel + " --input " + test::kDigits + "example.npy";
  const auto isAscii = [](const std::string &text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
  };
  EXPECT_TRUE(isAscii(test::shell("LC_ALL=C.UTF-8 " + command).out));
  EXPECT_TRUE(isAscii(test::onTerminal("LC_ALL=C " + command).out));
  EXPECT_THAT(test::onTerminal("LC_ALL=C.UTF-8 " + command).out, HasSubstr("█"));
}

TEST(Program, ModelsComeThroughPipesToo) {
  const test::Result piped = test::shell("$XS3 profile - --report csv <" + test::kDigitsModel);
  EXPECT_EQ(piped.status, 0) << piped.err;
  EXPECT_THAT(piped.out, HasSubstr("004_LceBMaxPool2d"));
}

TEST(Program, AnInterruptLeavesNoHalfWrittenFile) {
  const test::Folder folder;
  const std::string output = folder.path("report.json");
  // Whenever the signal comes, the file is whole or not there, and no temporary remains.
  for (int delay = 0; delay < 20; ++delay) {
    test::shell("$XS3 profile " + test::kDigitsModel + " --report json -o " + output +
                " & sleep 0.0" + std::to_string(delay / 10) + std::to_string(delay % 10) +
                "; kill -INT $! 2>/dev/null; wait $!");
    for (const std::string &name : folder.names())
      EXPECT_EQ(name, "report.json");
  }
}

} // namespace
} // namespace xs3::cli
