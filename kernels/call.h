// How a kernel is called, and what a host must place in memory before that: the form in which every
// packer (kernels/*/pack.h) hands over its kernel.
//
// Every kernel is a function of the XS3 calling convention (isa/abi.md section 3), callable from
// both issue modes:
//
//   void kernel(const Arguments *arguments, uint32_t begin, uint32_t end, void *scratch)
//
// It does the units of work begin .. end-1 (end >= begin; none is allowed) and nothing else, so
// that threads can share a call: units are independent, and what two threads write never shares a
// byte. `arguments` is read only, word aligned; `scratch` belongs to the calling thread alone, is
// 8-byte aligned, holds PackedCall::scratchBytes and may contain anything before and after. r4..r10
// are preserved, r0..r3, r11 and the vector unit are not.
//
// Memory. Tensors and constants start at multiples of 4. A kernel writes the bytes of its output
// and its scratch, no other. It may read up to kOverRead bytes behind the end of any tensor,
// constant or argument block (never using what it finds), so none of them may lie within kOverRead
// bytes of the end of the memory.
#pragma once

#include "base/types.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace xs3::kernels {

inline constexpr std::uint32_t kOverRead = 64;

/// Constant bytes that a kernel reads: packed weights, tables.
struct ConstantBlock {
  std::string name;   ///< "weights": unique within a call.
  std::string layout; ///< One line for a reader of the emitted program.
  std::vector<std::uint8_t> bytes;
  std::uint32_t alignment = 4;
};

/// One word of an argument block.
struct ArgumentWord {
  enum class Kind : std::uint8_t {
    Number,   ///< `value` itself.
    Input,    ///< The address of the operator's input tensor number `index`, plus `value`.
    Output,   ///< The address of its output tensor, plus `value`.
    Constant, ///< The address of PackedCall::constants[index], plus `value`.
  };
  std::string_view name; ///< Its field in the kernel's call.h.
  Kind kind = Kind::Number;
  std::uint32_t index = 0;
  Word value = 0;
};

/// One use of a kernel, complete but for addresses.
struct PackedCall {
  std::string_view kernel; ///< Symbol of its entry; kernelSources() (sources.h) has its text.
  std::vector<ArgumentWord> arguments; ///< The argument block, word by word.
  std::vector<ConstantBlock> constants;
  std::uint32_t units = 0;        ///< Equal pieces of work: pixels, rows, words.
  std::uint32_t scratchBytes = 0; ///< For each thread; a multiple of 8.
};

/// Output channels that a packer makes calls for: all of an operator unless told otherwise. The
/// calls write into the whole operator's output tensor and hold only these channels' weights, so
/// that a layer can be cut: between threads where pixels are few, or into pieces that fit a buffer.
/// `first` is a multiple of 32, and so is `count` unless the range ends with the last channel.
struct ChannelRange {
  std::uint32_t first = 0;
  std::uint32_t count = ~std::uint32_t{0}; ///< Cut at the last channel.
};

/// The words of an argument block whose fields have these names. Every field is a Word, and the
/// first one is at offset 0 (`Arguments::kNames`, one name for each).
template <typename Arguments> std::vector<ArgumentWord> argumentWords(const Arguments &arguments) {
  constexpr std::size_t kWords = sizeof(Arguments) / sizeof(Word);
  static_assert(std::is_trivially_copyable_v<Arguments> && Arguments::kNames.size() == kWords);
  const auto values = std::bit_cast<std::array<Word, kWords>>(arguments);
  std::vector<ArgumentWord> words;
  for (std::size_t i = 0; i < kWords; ++i)
    words.push_back({Arguments::kNames[i], ArgumentWord::Kind::Number, 0, values[i]});
  return words;
}

/// Makes the word called `name` an address (asserted to exist); what it holds so far is added to
/// it.
void pointTo(PackedCall &call, std::string_view name, ArgumentWord::Kind kind,
             std::uint32_t index = 0);

/// Moves the address that the word called `name` becomes by `bytes`.
void moveBy(PackedCall &call, std::string_view name, Word bytes);

/// Appends a constant and points the word of the same name to it.
void addConstant(PackedCall &call, ConstantBlock block);

} // namespace xs3::kernels
