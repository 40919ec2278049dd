#include "kernels/sources.h"

#include "kernels/embedded_sources.h"

#include <algorithm>
#include <cassert>
#include <string>

namespace xs3::kernels {

std::span<const KernelSource> kernelSources() { return {kEmbeddedSources, kEmbeddedSourceCount}; }

const KernelSource &kernelSource(std::string_view symbol) {
  const std::string line = "\n.globl " + std::string(symbol) + "\n";
  const auto sources = kernelSources();
  const auto found = std::find_if(sources.begin(), sources.end(), [&](const KernelSource &source) {
    return source.text.find(line) != std::string_view::npos;
  });
  assert(found != sources.end());
  return *found;
}

} // namespace xs3::kernels
