#include "kernels/pad/reference.h"

#include <algorithm>

namespace xs3::kernels {
namespace {

using Bytes = std::span<const std::uint8_t>;

/// Writes the padded tensor from dimension `d` on; advances both sides.
void padFrom(const PadParameters &p, std::size_t d, Bytes fill, Bytes &input,
             std::span<std::uint8_t> &output) {
  if (d == p.shape.size()) {
    std::copy_n(input.begin(), fill.size(), output.begin());
    input = input.subspan(fill.size());
    output = output.subspan(fill.size());
    return;
  }
  std::size_t inner = 1; // elements of the output below one place of this dimension
  for (std::size_t i = d + 1; i < p.shape.size(); ++i)
    inner *= static_cast<std::size_t>(p.shape[i] + p.before[i] + p.after[i]);
  const auto border = [&](std::int32_t places) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(places) * inner; ++i) {
      std::copy(fill.begin(), fill.end(), output.begin());
      output = output.subspan(fill.size());
    }
  };
  border(p.before[d]);
  for (std::int32_t i = 0; i < p.shape[d]; ++i)
    padFrom(p, d + 1, fill, input, output);
  border(p.after[d]);
}

} // namespace

void pad(const PadParameters &parameters, std::span<const std::uint8_t> fill,
         std::span<const std::uint8_t> input, std::span<std::uint8_t> output) {
  padFrom(parameters, 0, fill, input, output);
}

} // namespace xs3::kernels
