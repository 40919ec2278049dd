#include "kernels/concatenation/reference.h"

#include <algorithm>

namespace xs3::kernels {
namespace {

/// Bytes of a part that lie together: from the axis on.
std::size_t runBytes(const ConcatenationPart &part, std::int32_t axis, std::size_t elementBytes) {
  std::size_t bytes = elementBytes;
  for (std::size_t i = static_cast<std::size_t>(axis); i < part.shape.size(); ++i)
    bytes *= static_cast<std::size_t>(part.shape[i]);
  return bytes;
}

} // namespace

void concatenation(std::span<const ConcatenationPart> parts, std::int32_t axis,
                   std::size_t elementBytes, std::span<std::uint8_t> output) {
  auto to = output.begin();
  for (std::size_t outer = 0; to != output.end(); ++outer)
    for (const ConcatenationPart &part : parts) {
      const std::size_t run = runBytes(part, axis, elementBytes);
      const auto from = part.bytes.subspan(outer * run, run);
      to = std::copy(from.begin(), from.end(), to);
    }
}

} // namespace xs3::kernels
