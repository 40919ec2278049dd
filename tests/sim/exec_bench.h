// A thread with some memory, on which tests run single packets written as text.
#pragma once

#include "isa/instruction.h"
#include "sim/exec/execute.h"
#include "sim/exec/predecode.h"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace xs3::sim::test {

// Short names for tests.
using enum Register;
using Registers = std::vector<std::pair<Register, Word>>;

inline constexpr Address kBase = 0x80000;
inline constexpr std::uint32_t kBytes = 0x1000;
inline constexpr Address kCode = kBase + 0x800;

/// One instruction by its row's text: "add r0, r1, r2", "ldc_lru6 r3, 5". Numbers go into the first
/// row that can hold them, short ones first; a branch distance of -5 means the backward row.
/// Registers and numbers are decimal. Throws std::invalid_argument when no row fits.
isa::Instruction instruction(std::string_view text);

/// An instruction, or "{ a ; b }" with lane 0 first.
isa::Packet packet(std::string_view text);

/// A stopped machine: set it up, run packets, look.
struct Bench {
  Tile tile{kBase, kBytes};
  Thread &thread = tile.threads[0];
  Memory &memory = tile.memory;
  Effect effect; ///< Of the last packet.
  Word referenceTime = 0;

  Bench() { thread.pc = kCode; }
  Bench(const Bench &other)
      : tile(other.tile), effect(other.effect), referenceTime(other.referenceTime) {}
  Bench &operator=(const Bench &other) {
    tile = other.tile;
    effect = other.effect;
    referenceTime = other.referenceTime;
    return *this;
  }

  Word &operator[](Register r) { return thread[r]; }
  Word word(Address address) const { return memory.read<Word>(address); }

  /// Puts the thread into dual issue (whole packets); else lone short instructions are 2 bytes.
  Bench &dual();
  /// Executes one packet at the thread's pc.
  Bench &run(std::string_view text);
};

/// A fresh bench with these registers that has run one packet; pairs in dual issue.
Bench run(std::string_view text, const Registers &registers = {});

/// Values at which arithmetic bends.
inline constexpr Word kEdges[] = {
    0,          1,          2,          31,         32,         33,         0x7f,
    0x80,       0x7fff,     0x8000,     0xffff,     0x10000,    0x12345678, 0x7fffffff,
    0x80000000, 0x80000001, 0xdeadbeef, 0xffffffe0, 0xffffffe1, 0xfffffffe, 0xffffffff};

} // namespace xs3::sim::test
