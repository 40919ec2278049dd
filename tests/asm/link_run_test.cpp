// The run-time on the simulated machine: what start-up does before main and after it.
#include "asm/link/link.h"
#include "kernels/runtime_archive.h"
#include "sim/machines/description.h"
#include "sim/run/machine.h"
#include "sim/run/services.h"
#include "tests/asm/assembled.h"
#include "tests/asm/object_builder.h"

#include <gtest/gtest.h>

namespace xs3::assembler::test {
namespace {

struct Result {
  sim::Outcome outcome;
  std::string printed;
};

Program withRuntime(const std::string &source) {
  const std::vector<LinkInput> inputs{assembled(source), kernels::runtimeArchive()};
  return link(inputs);
}

Result run(const std::string &source, std::vector<std::string> arguments = {"program"}) {
  Result result;
  sim::ServicePermissions permissions;
  permissions.arguments = std::move(arguments);
  permissions.write = [&](int, std::span<const std::uint8_t> bytes) {
    result.printed.append(bytes.begin(), bytes.end());
  };
  sim::HostServices services(std::move(permissions));
  sim::Machine machine(sim::loadMachine("xu316"));
  machine.load(withRuntime(source));
  machine.setServices(&services);
  result.outcome = machine.run({.cycles = 100'000'000});
  return result;
}

int exitStatus(const std::string &source, std::vector<std::string> arguments = {"program"}) {
  const sim::Outcome outcome = run(source, std::move(arguments)).outcome;
  EXPECT_EQ(outcome.kind, sim::Outcome::Kind::Exit) << outcome.explanation;
  return outcome.status;
}

const std::string kMain = ".text\n.globl main\n.align 4\nmain:\n";

TEST(Runtime, TheResultOfMainIsTheExitStatus) {
  EXPECT_EQ(exitStatus(kMain + "entsp_lu6 0\nldc r0, 42\nretsp 0\n"), 42);
  EXPECT_EQ(exitStatus(kMain + ".issue_mode dual\ndualentsp 0\nldc r0, 43\nretsp 0\n"), 43);
}

TEST(Runtime, PlainSingleIssueFunctionsAreCalledAsTheyAre) {
  // Leaf functions of compilers begin without entsp.
  EXPECT_EQ(exitStatus(kMain + "ldc r0, 44\nretsp 0\n"), 44);
  EXPECT_EQ(exitStatus(kMain + "ldaw r11, dp[count]\nldw r0, r11[0]\nretsp 0\n"
                               "set_count: ldc r0, 45\nstw r0, dp[count]\nretsp 0\n"
                               ".section .init_array, \"aw\"\n.word set_count\n"
                               ".section .dp.bss, \"awd\", @nobits\n.align 4\ncount: .space 4\n"),
            45);
}

TEST(Runtime, ExitMayBeCalledFromAnywhere) {
  EXPECT_EQ(exitStatus(kMain + "entsp_lu6 2\nldc r0, 9\nbl exit\nldc r0, 1\nretsp 2\n"), 9);
}

TEST(Runtime, PoolsAndStackAreSet) {
  // A word from cp, one from dp, one through the stack.
  EXPECT_EQ(exitStatus(kMain + R"(
      entsp_lu6 4
      ldw r0, cp[constant]
      ldw r1, dp[variable]
      stw r1, sp[1]
      ldw r2, sp[1]
      add r0, r0, r2
      retsp 4
    .section .cp.rodata, "ac", @progbits
    .align 4
    .long 0
constant: .long 30
    .section .dp.data, "awd", @progbits
    .align 4
    .long 0
variable: .long 5
)"),
            35);
}

class ZeroedBytes : public testing::TestWithParam<unsigned> {};

TEST_P(ZeroedBytes, AreClearedAndTheirNeighboursAreNot) {
  // main sums all words of .dp.bss, which run() fills with rubbish, and adds its neighbours.
  const unsigned bytes = GetParam();
  Program program = withRuntime(kMain + R"(
      entsp_lu6 0
      ldap r11, zeroed
      mov r1, r11
      ldc r2, )" + std::to_string(bytes / 4) +
                                R"(
      ldc r0, 0
  .Lnext:
      bf r2, .Ldone
      ldw r3, r1[0]
      or r0, r0, r3
      add r1, r1, 4
      sub r2, r2, 1
      bu .Lnext
  .Ldone:
      ldw r3, dp[before]
      add r0, r0, r3
      ldap r11, behind
      ldw r3, r11[0]
      add r0, r0, r3
      retsp 0
    .section .dp.data, "awd", @progbits
    .align 4
before: .long 3
    .section .dp.bss, "awd", @nobits
    .align 4
zeroed: .space )" + std::to_string(bytes) +
                                R"(
    .section .dp.data.large, "awd", @progbits
    .align 4
behind: .long 4
)");
  sim::HostServices services{sim::ServicePermissions{}};
  sim::Machine machine(sim::loadMachine("xu316"));
  machine.load(program);
  machine.setServices(&services);
  const Address zeroed = addressOf(program, "zeroed");
  for (Address at = zeroed; at < zeroed + bytes; at += 4)
    machine.tile(0).memory.write<Word>(at, 0xdeadbeef);

  const sim::Outcome outcome = machine.run({.cycles = 1'000'000});

  EXPECT_EQ(outcome.kind, sim::Outcome::Kind::Exit);
  EXPECT_EQ(outcome.status, 7);
}

INSTANTIATE_TEST_SUITE_P(Sizes, ZeroedBytes,
                         testing::Values(0, 4, 8, 12, 28, 32, 36, 40, 64, 68, 100, 1000));

TEST(Runtime, StartAndEndFunctionsRunInOrder) {
  const Result result = run(kMain + R"(
      entsp_lu6 2
      ldap r11, text_main
      mov r0, r11
      bl xs3_print
      ldc r0, 0
      retsp 2

    .macro printer name, letter
    .align 4
  \name:
      entsp_lu6 2
      ldap r11, text_\name
      mov r0, r11
      bl xs3_print
      retsp 2
    .section .rodata.texts, "a", @progbits
  text_\name: .asciiz "\letter"
    .align 4
    .text
    .endm
    printer first, a
    printer second, b
    printer last, y
    printer verylast, z
    .section .rodata.texts, "a", @progbits
  text_main: .asciiz "M"
    .section .init_array, "aw", @init_array
    .align 4
    .long first, second
    .section .fini_array, "aw", @fini_array
    .align 4
    .long verylast, last
)");
  EXPECT_EQ(result.printed, "abMyz");
  EXPECT_EQ(result.outcome.status, 0);
}

TEST(Runtime, PrintWorksFromBothIssueModes) {
  const std::string text = ".section .rodata.texts, \"a\", @progbits\n.align 4\ntext: .asciiz "
                           "\"hello, world\\n\"\n.align 4\n";
  EXPECT_EQ(run(kMain + "entsp_lu6 2\nldap r11, text\nmov r0, r11\nbl xs3_print\nretsp 2\n" + text)
                .printed,
            "hello, world\n");
  EXPECT_EQ(run(kMain +
                ".issue_mode dual\ndualentsp 2\nldap r11, text\nmov r0, r11\nbl "
                "xs3_print\nretsp 2\n" +
                text)
                .printed,
            "hello, world\n");
}

TEST(Runtime, WriteReturnsTheCount) {
  EXPECT_EQ(exitStatus(kMain + "entsp_lu6 2\nldap r11, main\nmov r1, r11\nldc r0, 1\nldc r2, "
                               "5\nbl xs3_write\nretsp 2\n"),
            5);
}

TEST(Runtime, ArgumentsArriveInMain) {
  // The exit status is argc * 100 + the first letter of argv[1].
  const std::string source =
      kMain + "entsp_lu6 0\nldc r2, 100\nmul r0, r0, r2\nldw r1, r1[1]\nldc r2, 0\nld8u r1, "
              "r1[r2]\nadd r0, r0, r1\nretsp 0\n";
  EXPECT_EQ(exitStatus(source, {"program", "Abc"}), 200 + 'A');
}

TEST(Runtime, WithoutAHostThereAreNoArguments) {
  // Nobody listens at _DoSyscall: it answers -1; the program ends in _done's loop, its status in r4
  // of exit.
  sim::Machine machine(sim::loadMachine("xu316"));
  machine.load(withRuntime(kMain + "entsp_lu6 0\nldw r1, r1[0]\nadd r0, r0, r1\nretsp 0\n"));
  const sim::Outcome outcome = machine.run({.cycles = 100'000});
  EXPECT_EQ(outcome.kind, sim::Outcome::Kind::Limit);
  EXPECT_EQ(machine.tile(0).threads[0].registers[4], 0u);
}

TEST(Runtime, TooManyArgumentsEndTheProgramWithASentence) {
  const Result result = run(kMain + "entsp_lu6 0\nretsp 0\n", {"program", std::string(2000, 'x')});
  EXPECT_EQ(result.printed, "the program's arguments do not fit into 1024 bytes\n");
  EXPECT_EQ(result.outcome.status, 1);
}

TEST(Runtime, ExceptionsReachTheHost) {
  const sim::Outcome outcome =
      run(kMain + "entsp_lu6 0\nldc r1, 1\nldw r0, r1[0]\nretsp 0\n").outcome;
  EXPECT_EQ(outcome.kind, sim::Outcome::Kind::Trap);
}

} // namespace
} // namespace xs3::assembler::test
