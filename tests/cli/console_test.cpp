// Messages: prefix, kinds, colour, verbosity.
#include "sim/cli/console.h"

#include <gtest/gtest.h>

#include <sstream>

namespace xs3::cli {
namespace {

TEST(Console, ErrorsCarryTheProgramsName) {
  std::ostringstream stream;
  Console console(stream);
  console.error("error: no such thing");
  console.error("no such thing");
  console.error("a.S:3:7: error: no such thing");
  EXPECT_EQ(stream.str(), "xs3: error: no such thing\nxs3: error: no such thing\n"
                          "xs3: a.S:3:7: error: no such thing\n");
}

TEST(Console, SentencesOfALongMessageAreMarkedAndItsSourceTextIsNot) {
  std::ostringstream stream;
  Console console(stream);
  console.error("a.S:1:1: error: first\n  add r0\n  ^~~\na.S:2:1: warning: second\n  text");
  EXPECT_EQ(stream.str(), "xs3: a.S:1:1: error: first\n  add r0\n  ^~~\n"
                          "xs3: a.S:2:1: warning: second\n  text\n");
}

TEST(Console, ColourMarksTheKindOnly) {
  std::ostringstream stream;
  Console console(stream, true);
  console.error("a.S:1:1: error: wrong");
  console.warning("odd");
  EXPECT_EQ(stream.str(), "xs3: a.S:1:1: \033[1;31merror:\033[0m wrong\n"
                          "xs3: \033[1;35mwarning:\033[0m odd\n");
}

TEST(Console, QuietLeavesErrorsVerboseAddsDetails) {
  for (const auto &[verbosity, expected] :
       {std::pair{Console::Verbosity::Quiet, "xs3: error: e\n"},
        {Console::Verbosity::Normal, "xs3: error: e\nxs3: warning: w\nxs3: note: n\n"},
        {Console::Verbosity::Verbose, "xs3: error: e\nxs3: warning: w\nxs3: note: n\nxs3: d\n"}}) {
    std::ostringstream stream;
    Console console(stream);
    console.setVerbosity(verbosity);
    console.error("e");
    console.warning("w");
    console.note("n");
    console.detail("d");
    EXPECT_EQ(stream.str(), expected);
  }
}

TEST(Console, BracesInMessagesAreText) {
  std::ostringstream stream;
  Console console(stream);
  console.error("{ add r0, r0, r0 ; {} } %s");
  EXPECT_EQ(stream.str(), "xs3: error: { add r0, r0, r0 ; {} } %s\n");
}

} // namespace
} // namespace xs3::cli
