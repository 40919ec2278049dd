// The verbs encode, decode and asm.
#include "base/file.h"
#include "tests/cli/cli_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>
#include <sstream>

namespace xs3::cli {
namespace {

using test::xs3;
using testing::HasSubstr;

// Standard input for a verb that is given "-".
class StandardInput {
public:
  explicit StandardInput(const std::string &text)
      : text_(text), before_(std::cin.rdbuf(text_.rdbuf())) {}
  ~StandardInput() { std::cin.rdbuf(before_); }

private:
  std::istringstream text_;
  std::streambuf *before_;
};

TEST(EncodeVerb, PrintsInstructionsAndPackets) {
  const auto result = xs3({"encode", "add r0, r0, r1", "{ add r1, r1, r6 ; vlmaccr r8[0] }",
                           "bt r3, -5", "ldc_lru6 r1, 5"});
  EXPECT_EQ(result.out, "1001\na7f81256\n74c5\n6845f000\n");
  EXPECT_EQ(result.status, 0);
}

TEST(EncodeVerb, DualGivesLoneInstructionsTheirPacket) {
  EXPECT_EQ(xs3({"encode", "--dual", "ldc r1, 5", "vclrdr", "bt r3, -5"}).out,
            "6845f000\n27ef17ff\n74c5f000\n");
}

TEST(EncodeVerb, GoesOnBehindWhatIsNoInstruction) {
  const StandardInput input("nop\nfrobnicate\n\nvclrdr\n");
  const auto result = xs3({"encode", "-"});
  EXPECT_EQ(result.out, "17ff\nerror: 'frobnicate' is no instruction\nerror: '' is not one "
                        "instruction or packet\n27ef\n");
  EXPECT_EQ(result.status, 1);
}

TEST(DecodeVerb, PrintsInstructionsAndPackets) {
  const auto result = xs3({"decode", "1001", "A7F81256", "9010", "6845F000", "f7ecf910"});
  EXPECT_EQ(result.out, "add r0, r0, r1\n{ add r1, r1, r6 ; vlmaccr r8[0] }\nmov r1, r0\nldc_lru6 "
                        "r1, 5\nstd r4, r5, sp[0]\n");
  EXPECT_EQ(result.status, 0);
}

TEST(DecodeVerb, DualKnowsLonePackets) {
  EXPECT_EQ(xs3({"decode", "--dual", "6845f000"}).out, "ldc r1, 5\n");
}

TEST(DecodeVerb, GoesOnBehindWhatIsNoValue) {
  const StandardInput input("17ff\nxyz\n123\nf000\nf4000000\n10011002\n0x27ef\n");
  const auto result = xs3({"decode", "-"});
  EXPECT_EQ(result.status, 1);
  std::istringstream lines(result.out);
  std::vector<std::string> answers;
  for (std::string line; std::getline(lines, line);)
    answers.push_back(line);
  ASSERT_EQ(answers.size(), 7u);
  EXPECT_EQ(answers.front(), "nop");
  EXPECT_EQ(answers.back(), "vclrdr");
  for (std::size_t i = 1; i < 6; ++i)
    EXPECT_THAT(answers[i], testing::StartsWith("error: ")) << i;
}

TEST(AsmVerb, WritesTheObjectBesideTheSourceOrWhereItIsTold) {
  const test::Folder folder;
  folder.file("a.s", "nop\n");
  EXPECT_EQ(xs3({"asm", folder.path("a.s")}).status, 0);
  EXPECT_EQ(xs3({"asm", folder.path("a.s"), "-o", folder.path("b.o")}).status, 0);
  EXPECT_EQ(readFile(folder.path("a.o")), readFile(folder.path("b.o")));
}

TEST(AsmVerb, WritesListingAndDependencies) {
  const test::Folder folder;
  folder.file("n.h", "#define N 3\n");
  folder.file("a.S", "#include \"n.h\"\nldc r0, N+M\n");
  EXPECT_EQ(
      xs3({"asm", folder.path("a.S"), "-MD", "-DM=1", "--listing", folder.path("a.lst")}).status,
      0);
  EXPECT_THAT(readTextFile(folder.path("a.lst")), HasSubstr("000000  0468      ldc r0, N+M\n"));
  EXPECT_THAT(readTextFile(folder.path("a.d")), HasSubstr("n.h"));
}

TEST(AsmVerb, TellsAllErrorsAndWritesNothing) {
  const test::Folder folder;
  folder.file("bad.s", "nop\nfoo r1\n  add r0, r1, 99\n");
  const auto result = xs3({"asm", folder.path("bad.s")});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.err,
            "xs3: " + folder.path("bad.s") +
                ":2:1: error: 'foo' is no instruction\nfoo r1\n^~~\nxs3: " + folder.path("bad.s") +
                ":3:15: error: a number from 0 to 11 is wanted here\n  add r0, r1, 99\n            "
                "  ^~\n");
  EXPECT_FALSE(std::filesystem::exists(folder.path("bad.o")));
}

TEST(AsmVerb, MissingFileAndWrongUse) {
  const test::Folder folder;
  EXPECT_EQ(xs3({"asm", folder.path("none.s")}).status, 1);
  EXPECT_EQ(xs3({"asm"}).status, 2);
  EXPECT_EQ(xs3({"asm", "a.s", "b.s", "-o", "c.o"}).status, 2);
}

} // namespace
} // namespace xs3::cli
