// xs3 link and xs3 dis: options, files, bad input; and that a listing builds the same program.
#include "tests/cli/cli_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace xs3::cli::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string content(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const std::string kHead = "  .text\n  .issue_mode dual\n  .globl main\n  .type main, @function\n"
                          "  .align 4\nmain:\n";
const std::string kReturns7 = kHead + "  dualentsp 0\n  ldc r0, 7\n  retsp 0\n";

std::string object(const Folder &folder, const std::string &name, const std::string &text) {
  const std::string path = folder.path(name + ".o");
  const Result assembled = xs3({"asm", folder.file(name + ".S", text), "-o", path});
  EXPECT_EQ(assembled.status, 0) << assembled.err;
  return path;
}

TEST(Link, AddsTheRunTimeAndMakesAProgramThatRuns) {
  Folder folder;
  const std::string program = folder.path("a.xe");
  const Result linked = xs3({"link", object(folder, "a", kReturns7), "-o", program});
  EXPECT_EQ(linked.status, 0) << linked.err;
  EXPECT_EQ(linked.out + linked.err, "");
  EXPECT_EQ(xs3({"run", program}).status, 7);
}

TEST(Link, WritesPlainElfUnderSuchAName) {
  Folder folder;
  const std::string program = folder.path("a.elf");
  EXPECT_EQ(xs3({"link", object(folder, "a", kReturns7), "-o", program}).status, 0);
  EXPECT_THAT(content(program), StartsWith("\x7f"
                                           "ELF"));
  EXPECT_EQ(xs3({"run", program}).status, 7);
}

TEST(Link, WritesAMap) {
  Folder folder;
  const std::string input = object(folder, "a", kReturns7);
  EXPECT_EQ(xs3({"link", input, "-o", folder.path("a.xe"), "--map", folder.path("a.map")}).status,
            0);
  EXPECT_THAT(content(folder.path("a.map")),
              AllOf(HasSubstr(".text           " + input), HasSubstr("  main\n"),
                    HasSubstr("run-time(runtime_start.o)")));
}

TEST(Link, WithoutTheRunTimeTheEntryIsOnesOwn) {
  Folder folder;
  const std::string input = object(folder, "a", kReturns7), program = folder.path("a.xe");
  const Result missing = xs3({"link", "--no-runtime", input, "-o", program});
  EXPECT_EQ(missing.status, 1);
  EXPECT_THAT(missing.err, HasSubstr("xs3: error: symbol _start, the entry, is not defined"));
  EXPECT_EQ(xs3({"link", "--no-runtime", "--entry", "main", input, "-o", program}).status, 0);
  EXPECT_THAT(xs3({"dis", program}).out,
              AllOf(HasSubstr("entry 0x80000 main"), Not(HasSubstr("_start"))));
}

TEST(Link, EveryErrorIsASentenceWithItsPlace) {
  Folder folder;
  const std::string a = object(folder, "a", kReturns7),
                    b = object(folder, "b", kReturns7 + "  .globl x\nx:  bl nowhere\n  bl main\n");
  const Result duplicate = xs3({"link", a, b, "-o", folder.path("p.xe")});
  EXPECT_EQ(duplicate.status, 1);
  EXPECT_THAT(duplicate.err, HasSubstr("xs3: " + b + ": error: symbol main is defined here"));
  EXPECT_THAT(duplicate.err, HasSubstr(" and in " + a + " (section .text + 0x0)"));
  const Result undefined = xs3({"link", b, "-o", folder.path("p.xe")});
  EXPECT_EQ(undefined.status, 1);
  EXPECT_THAT(undefined.err, HasSubstr("xs3: " + b +
                                       ": error: symbol nowhere is used here "
                                       "(section .text + 0xc) but not defined"));
  EXPECT_THAT(folder.names(), Not(testing::Contains("p.xe")));
}

TEST(Link, SmallerMachinesHaveLessRoom) {
  Folder folder;
  const std::string input =
      object(folder, "a", kReturns7 + "  .section .dp.bss, \"awd\", @nobits\n  .space 60000\n");
  const Result small =
      xs3({"link", input, "-o", folder.path("a.xe"), "--set", "architecture.sram.bytes=65536"});
  EXPECT_EQ(small.status, 0) << small.err;
  const Result smaller =
      xs3({"link", input, "-o", folder.path("a.xe"), "--set", "architecture.sram.bytes=32768"});
  EXPECT_EQ(smaller.status, 1);
  EXPECT_THAT(smaller.err, AllOf(HasSubstr("bytes too large for the 32768 bytes of memory"),
                                 HasSubstr(".dp.bss of " + input + " (60000)")));
}

TEST(Link, WrongUsageIsExplained) {
  EXPECT_EQ(xs3({"link"}).status, 2);
  const Result noOutput = xs3({"link", "a.o"});
  EXPECT_EQ(noOutput.status, 2);
  EXPECT_THAT(noOutput.err, HasSubstr("say with -o which program to write"));
  Folder folder;
  const Result picture =
      xs3({"link", folder.file("a.png", "\x89PNG\r\n"), "-o", folder.path("a.xe")});
  EXPECT_EQ(picture.status, 1);
  EXPECT_THAT(picture.err, HasSubstr("a.png: error: this is no ELF file"));
}

TEST(Dis, TheListingOfANetworkBuildsTheSameCode) {
  Folder folder;
  const std::string program = folder.path("digits.xe");
  ASSERT_EQ(xs3({"compile", kDigitsModel, "-o", program}).status, 0);
  const Result listing = xs3({"dis", program});
  ASSERT_EQ(listing.status, 0) << listing.err;

  const std::string again = object(folder, "again", listing.out);

  // The code of the object, listed: the same values in the same order, at addresses from 0.
  const auto values = [](const std::string &text) {
    std::string values;
    std::istringstream lines(text);
    bool inCode = false;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with(".section") || line.starts_with(".text"))
        inCode = line == ".text";
      else if (inCode && line.starts_with("/*"))
        values += line.substr(13, 8);
    }
    return values;
  };
  EXPECT_GT(values(listing.out).size(), 8u * 500);
  EXPECT_EQ(values(xs3({"dis", again}).out), values(listing.out));
}

TEST(Dis, OneSymbolAndRawImages) {
  Folder folder;
  const std::string input = object(folder, "a", kReturns7);
  EXPECT_THAT(xs3({"dis", input, "--symbol", "main"}).out,
              HasSubstr("/* 00000004  6807f000 */    ldc r0, 7\n"));
  const Result missing = xs3({"dis", input, "--symbol", "other"});
  EXPECT_EQ(missing.status, 1);
  EXPECT_THAT(missing.err, HasSubstr("no code or data of a symbol other"));
  const std::string raw = folder.file("a.bin", "\x01\x10");
  EXPECT_THAT(xs3({"dis", "--raw", "--base", "0x1000", raw}).out,
              HasSubstr("/* 00001000  1001     */    add r0, r0, r1\n"));
  EXPECT_EQ(xs3({"dis", "--base", "0x1000", raw}).status, 2);
  EXPECT_EQ(xs3({"dis", "--raw", "--base", "0x100000000", raw}).status, 2);
}

TEST(Dis, WhatIsNoProgramIsNamed) {
  Folder folder;
  EXPECT_THAT(xs3({"dis", folder.file("empty", "")}).err,
              HasSubstr("empty: error: the file is empty"));
  const Result cut = xs3({"dis", folder.file("cut.xe", std::string("XMOS\2\0\0\0\2\0", 10))});
  EXPECT_EQ(cut.status, 1);
  EXPECT_THAT(cut.err, HasSubstr("cut.xe: error: the sector at offset 0x8 is cut off"));
  EXPECT_EQ(xs3({"dis", folder.path("missing")}).status, 1);
}

} // namespace
} // namespace xs3::cli::test
