// How fast the reference engine is: packets of scalar code a second, and how soon it begins.
// Wanted: at least 20 million packets a second on one core, at most 20 ms to the first instruction.
#include "base/file.h"
#include "sim/run/machine.h"
#include "tests/sim/run_program.h"

#include <benchmark/benchmark.h>

#include <fcntl.h>
#include <filesystem>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace xs3::sim::test {
namespace {

constexpr Slots kPackets = 1'000'000; ///< Of one measured run.
constexpr Address kWorkspace = kSram + 0x10000;

/// An endless mix of scalar code in dual issue: arithmetic, loads, stores, multiplication,
/// branches.
assembler::Program dualIssueMix() {
  return program({"dualentsp 0", "ldc r5, 3", "start:", "ldc_lru6 r1, 60000",
                  "loop:", "{ add r0, r0, r1 ; ldw r3, r10[0] }", "add r3, r3, r0",
                  "{ nop ; stw r3, r10[1] }", "and r4, r3, r0",
                  "{ or r6, r4, r0 ; ldw r7, r10[2] }", "shr r7, r7, 1", "mul r8, r7, r5",
                  "bf r5, start", "xor r9, r8, r3", "sub r1, r1, 1", "bt r1, loop", "bu start"});
}

/// The same kind of work in single issue, where packets are two or four bytes.
assembler::Program singleIssueMix() {
  return program({"ldc r5, 3", "start:", "ldc_lru6 r1, 60000", "loop:", "ldw r3, r10[0]",
                  "add r0, r0, r1", "add r3, r3, r0", "stw r3, r10[1]", "and r4, r3, r0",
                  "ldw r7, r10[2]", "or r6, r4, r0", "shr r7, r7, 1", "mul r8, r7, r5",
                  "bf r5, start", "xor r9, r8, r3", "sub r1, r1, 1", "bt r1, loop", "bu start"});
}

/// The inner loop of a binary convolution.
assembler::Program vectorMix() {
  std::vector<std::string> lines = {"dualentsp 0",
                                    "ldc_lru6 r11, 256",
                                    "vsetc r11",
                                    "start:",
                                    "ldc_lru6 r1, 60000",
                                    "vclrdr",
                                    "align 16",
                                    "loop:",
                                    "{ sub r1, r1, 1 ; vldc r10[0] }"};
  lines.insert(lines.end(), 16, "{ add r2, r2, 1 ; vlmaccr1 r10[0] }");
  lines.insert(lines.end(), {"bt r1, loop", "bu start"});
  return program(lines);
}

/// Starts `count` threads at the program's entry.
void startThreads(Machine &machine, const assembler::Program &code, unsigned tile, unsigned count) {
  for (unsigned id = 0; id < count; ++id) {
    Thread &thread = machine.tile(tile).threads[id];
    thread.pc = code.entry;
    thread.sr = 0;
    thread.activity = Activity::Running;
    thread[Register::R10] = kWorkspace + 64 * id;
  }
}

void measure(benchmark::State &state, const assembler::Program &code, unsigned threads,
             unsigned tiles = 1) {
  Machine machine(loadMachine());
  for (unsigned tile = 0; tile < tiles; ++tile) {
    machine.load(code, tile);
    startThreads(machine, code, tile, threads);
  }
  Limits limits{.packets = 0};
  for (auto _ : state) {
    limits.packets += kPackets;
    if (machine.run(limits).kind != Outcome::Kind::Limit)
      return state.SkipWithError("the program ended");
  }
  state.counters["packets"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(kPackets),
                         benchmark::Counter::kIsRate);
}

void dualIssue(benchmark::State &state) {
  measure(state, dualIssueMix(), static_cast<unsigned>(state.range(0)));
}
BENCHMARK(dualIssue)->ArgName("threads")->Arg(1)->Arg(5)->Arg(8)->Unit(benchmark::kMillisecond);

void singleIssue(benchmark::State &state) { measure(state, singleIssueMix(), 1); }
BENCHMARK(singleIssue)->Unit(benchmark::kMillisecond);

void twoTiles(benchmark::State &state) { measure(state, dualIssueMix(), 8, 2); }
BENCHMARK(twoTiles)->Unit(benchmark::kMillisecond);

void binaryConvolution(benchmark::State &state) { measure(state, vectorMix(), 1); }
BENCHMARK(binaryConvolution)->Unit(benchmark::kMillisecond);

/// Inside the process: the machine's description, the machine, the program, one packet.
void toTheFirstInstruction(benchmark::State &state) {
  const assembler::Program code = singleIssueMix();
  for (auto _ : state) {
    Machine machine(loadMachine());
    machine.load(code);
    benchmark::DoNotOptimize(machine.run({.packets = 1}));
  }
}
BENCHMARK(toTheFirstInstruction)->Unit(benchmark::kMillisecond);

/// The whole program `xs3 run`, from its start to the end after one instruction.
void programStart(benchmark::State &state) {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("xs3-bench-" + std::to_string(::getpid()) + ".xe");
  writeFile(path.string(), assembler::writeXe(singleIssueMix()));
  std::string arguments[] = {XS3_PROGRAM, "run", "-q", "--max-packets", "1", path.string()};
  std::vector<char *> argv;
  for (std::string &argument : arguments)
    argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  for (auto _ : state) {
    pid_t child = 0;
    int status = 0;
    if (posix_spawn(&child, XS3_PROGRAM, &quiet, nullptr, argv.data(), environ) != 0 ||
        waitpid(child, &status, 0) != child || WEXITSTATUS(status) != 124) {
      state.SkipWithError("xs3 did not run");
      break;
    }
  }
  posix_spawn_file_actions_destroy(&quiet);
  std::filesystem::remove(path);
}
BENCHMARK(programStart)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace
} // namespace xs3::sim::test

BENCHMARK_MAIN();
