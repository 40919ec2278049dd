// Services of the host, called as a program calls them (bl _DoSyscall), and by themselves.
#include "tests/sim/run_bench.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>

namespace xs3::sim::test {
namespace {

constexpr Word kFailed = ~Word{0};
constexpr Address kText = kSram + 0x1000;

/// A program that calls one service with r0..r3 as they are and keeps the answer in r5.
assembler::Program oneCall() {
  return program({"bl _DoSyscall", "add r5, r0, 0", "ldc r1, 3", "ldc r0, 0", "bl _DoSyscall",
                  "align 16", "_DoSyscall:", "mkmsk r0, 32", "retsp 0"});
}

Word call(RunBench &bench, Word number, Word a = 0, Word b = 0, Word c = 0) {
  Thread &thread = bench.thread();
  thread[R0] = number;
  thread[R1] = a;
  thread[R2] = b;
  thread[R3] = c;
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Exit);
  EXPECT_EQ(outcome.status, 3);
  return bench[R5];
}

void put(RunBench &bench, Address address, std::string_view text) {
  std::memcpy(bench.memory().bytes() + (address - kSram), text.data(), text.size());
}

TEST(Services, ExitEndsTheRunWithItsStatus) {
  RunBench bench(oneCall());
  bench.thread()[R1] = 42;
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Exit);
  EXPECT_EQ(outcome.status, 42);
  EXPECT_EQ(bench.counters().packets, 1u) << "the call alone";
}

TEST(Services, WriteGivesBytesToTheHost) {
  RunBench bench(oneCall());
  put(bench, kText, "hello");
  EXPECT_EQ(call(bench, 6, 1, kText, 5), 5u);
  EXPECT_EQ(bench.output, "hello");
}

TEST(Services, RefuseBuffersOutsideMemory) {
  for (const Word number : {5U, 6U}) {
    RunBench outside(oneCall()), over(oneCall());
    EXPECT_EQ(call(outside, number, number - 5, 0x1000, 4), kFailed);
    EXPECT_EQ(call(over, number, number - 5, kSram, 0xffffffff), kFailed);
  }
}

TEST(Services, ReadFillsMemory) {
  ServicePermissions permissions;
  permissions.read = [](std::span<std::uint8_t> bytes) -> std::size_t {
    std::memcpy(bytes.data(), "abc", 3);
    return 3;
  };
  RunBench bench(oneCall(), smallMachine(), permissions);
  EXPECT_EQ(call(bench, 5, 0, kText, 16), 3u);
  EXPECT_EQ(bench.memory().read<Word>(kText), 0x00636261u);
}

TEST(Services, UnknownNumbersAreAnsweredByTheProgramsOwnCode) {
  RunBench bench(oneCall());
  EXPECT_EQ(call(bench, 77), kFailed);
}

TEST(Services, WithoutAHostTheProgramsOwnCodeAnswers) {
  RunBench bench(oneCall());
  bench.machine.setServices(nullptr);
  bench.thread()[R0] = 99;
  bench.run({.packets = 4});
  EXPECT_EQ(bench[R5], kFailed);
}

TEST(Services, KeepTheIssueModeOfTheCaller) {
  RunBench bench(
      program({"dualentsp 0", "ldc r0, 63", "add r0, r0, 9", "add r0, r0, 9", "add r0, r0, 9",
               "add r0, r0, 9", "bl _DoSyscall", "{ add r5, r0, 0 ; add r6, r0, 1 }", "ldc r0, 0",
               "bl _DoSyscall", "align 16", "_DoSyscall:", "nop"}));
  bench.run();
  EXPECT_EQ(bench[R5], 1u) << "99: is simulation";
  EXPECT_EQ(bench[R6], 2u);
}

TEST(Services, CostNoSlotsAndReturnAsABranchDoes) {
  // The call ends two bytes before its line does: a load is still there, what follows is not.
  RunBench bench(program({"ldc r0, 63", "add r0, r0, 9", "add r0, r0, 9", "add r0, r0, 9",
                          "add r0, r0, 9", "bl _DoSyscall", "ldw r4, r10[0]", "ldc r0, 0",
                          "bl _DoSyscall", "align 16", "_DoSyscall:", "nop"}));
  bench.thread()[R10] = kSram;
  bench.run();
  EXPECT_EQ(bench.counters().packets, 6u + 3);
  EXPECT_EQ(bench.counters().fnops, 1u);
}

TEST(Services, ArgumentsAreLaidOutAsArgv) {
  ServicePermissions permissions;
  permissions.arguments = {"prog", "-x"};
  RunBench bench(oneCall(), smallMachine(), permissions);
  EXPECT_EQ(call(bench, 13, kText, 64), 2u);
  const Memory &memory = bench.memory();
  const auto text = [&](unsigned i) {
    return reinterpret_cast<const char *>(memory.bytes()) +
           (memory.read<Word>(kText + 4 * i) - kSram);
  };
  EXPECT_STREQ(text(0), "prog");
  EXPECT_STREQ(text(1), "-x");
  EXPECT_EQ(memory.read<Word>(kText + 8), 0u);
}

TEST(Services, ArgumentsSayWhatIsWrongWithTheBuffer) {
  ServicePermissions permissions;
  permissions.arguments = {"prog"};
  RunBench small(oneCall(), smallMachine(), permissions);
  EXPECT_EQ(call(small, 13, kText, 12), kFailed - 1) << "-2: 13 bytes are needed";
  RunBench bad(oneCall(), smallMachine(), permissions);
  EXPECT_EQ(call(bad, 13, 16, 64), kFailed);
}

TEST(Services, TimeIsTheSameOnEveryRun) {
  ServicePermissions permissions;
  permissions.seconds = 1234;
  RunBench bench(oneCall(), smallMachine(), permissions);
  EXPECT_EQ(call(bench, 10, kText), 1234u);
  EXPECT_EQ(bench.memory().read<Word>(kText), 1234u);
}

TEST(Services, CommandsOfTheHostAreRefused) {
  RunBench bench(oneCall());
  put(bench, kText, std::string_view("true\0", 5));
  EXPECT_EQ(call(bench, 12, kText), kFailed);
}

TEST(Services, DoneEndsTheRunWhenEveryTileHasSaidSo) {
  const assembler::Program code =
      program({"ldc r0, 7", "bl _DoSyscall", "bu -1", "_DoSyscall:", "nop"});
  Machine machine(loadMachine());
  HostServices services{ServicePermissions{}};
  machine.setServices(&services);
  machine.load(code, 0);
  machine.load(program({"loop:", "bu loop"}), 1);
  EXPECT_EQ(machine.run({.cycles = 1000}).kind, Outcome::Kind::Limit) << "tile 1 goes on";
  EXPECT_EQ(machine.counters(0, 0).packets, 2u);
  Machine both(loadMachine());
  both.setServices(&services);
  both.load(code, 0);
  both.load(code, 1);
  const Outcome outcome = both.run({.cycles = 1000});
  EXPECT_EQ(outcome.kind, Outcome::Kind::Exit);
  EXPECT_EQ(outcome.status, 0);
}

/// A folder that disappears with the test.
class Files : public testing::Test {
protected:
  void SetUp() override {
    const auto *info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() /
              ("xs3-services-" + std::string(info->name()) + "-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_ / "inner");
    std::ofstream(folder_ / "secret.txt") << "secret";
    std::ofstream(folder_ / "inner" / "a.txt") << "0123456789";
    permissions_.folder = (folder_ / "inner").string();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  /// Serves one request on a memory that holds a path at its begin.
  Word serve(HostServices &services, Word number, Word a, Word b = 0, Word c = 0) {
    return services.serve({number, {a, b, c}}, memory_).result;
  }
  Address path(std::string_view text) {
    std::memcpy(memory_.bytes(), text.data(), text.size());
    memory_.bytes()[text.size()] = 0;
    return kSram;
  }

  std::filesystem::path folder_;
  ServicePermissions permissions_;
  Memory memory_{kSram, 4096};
};

TEST_F(Files, AreReadInsideTheFolder) {
  HostServices services(permissions_);
  const Word file = serve(services, 3, path("a.txt"), 1);
  ASSERT_EQ(file, 3u);
  EXPECT_EQ(serve(services, 8, file, 4, 0), 4u);
  EXPECT_EQ(serve(services, 5, file, kSram + 64, 100), 6u);
  EXPECT_EQ(memory_.read<char>(kSram + 64), '4');
  EXPECT_EQ(serve(services, 4, file), 0u);
  EXPECT_EQ(serve(services, 5, file, kSram + 64, 1), kFailed) << "closed";
}

TEST_F(Files, AreWrittenRenamedAndRemoved) {
  HostServices services(permissions_);
  const Word file = serve(services, 3, path("new.txt"), 2 | 0x100, 0600);
  memory_.write<Word>(kSram + 64, 0x64636261);
  EXPECT_EQ(serve(services, 6, file, kSram + 64, 4), 4u);
  serve(services, 4, file);
  EXPECT_EQ(std::filesystem::file_size(folder_ / "inner" / "new.txt"), 4u);
  path("new.txt");
  std::memcpy(memory_.bytes() + 128, "moved.txt", 10);
  EXPECT_EQ(serve(services, 9, kSram, kSram + 128), 0u);
  EXPECT_EQ(serve(services, 11, kSram + 128), 0u);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "inner" / "moved.txt"));
}

TEST_F(Files, OutsideTheFolderCannotBeReached) {
  HostServices services(permissions_);
  std::filesystem::create_symlink(folder_ / "secret.txt", folder_ / "inner" / "link");
  for (const std::string &name :
       {std::string("../secret.txt"), (folder_ / "secret.txt").string(), std::string("link"),
        std::string("x/../../secret.txt"), std::string(""), std::string(".")})
    EXPECT_EQ(serve(services, 3, path(name), 1), kFailed) << name;
}

TEST_F(Files, AreOutOfReachWithoutPermission) {
  HostServices services{ServicePermissions{}};
  EXPECT_EQ(serve(services, 3, path("a.txt"), 1), kFailed);
  EXPECT_EQ(serve(services, 11, path("a.txt")), kFailed);
}

TEST_F(Files, PathsMustEndInsideMemory) {
  HostServices services(permissions_);
  std::memset(memory_.bytes(), 'a', memory_.size());
  EXPECT_EQ(serve(services, 3, kSram, 1), kFailed);
}

} // namespace
} // namespace xs3::sim::test
