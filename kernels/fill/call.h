// Memory set to one word: fill_words. Unit of work: a word.
#pragma once

#include "kernels/call.h"

namespace xs3::kernels {

struct FillArguments {
  Word output;
  Word value;

  static constexpr std::array<std::string_view, 2> kNames = {"output", "value"};
};

PackedCall packFillWords(std::uint32_t words, Word value);

} // namespace xs3::kernels
