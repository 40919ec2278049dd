// One kernel on the simulated machine: assembled, linked with a small caller, its operands placed
// between random bytes.
#pragma once

#include "kernels/call.h"
#include "sim/run/counters.h"

#include <cstdint>
#include <cstring>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace xs3::test {

using Bytes = std::vector<std::uint8_t>;

/// What a run gave.
struct KernelRun {
  Bytes output;
  sim::Counters counters; ///< Of the kernel and its caller (about ten packets a call).
  /// Empty, or what the kernel must not do: a trap, a byte changed outside of its output and
  /// scratch, a register not preserved, a stack not restored.
  std::string fault;
};

struct KernelOptions {
  /// Units are done in calls that end here (and at the last unit), in this order.
  std::vector<std::uint32_t> splits;
  bool callerDual = false; ///< The caller's issue mode.
  std::uint32_t seed = 1;  ///< Of all that memory and registers hold beside the operands.
};

/// Runs a call; `inputs` by ArgumentWord::index. The output holds `before` first.
KernelRun runKernel(const kernels::PackedCall &call, std::span<const Bytes> inputs,
                    const Bytes &before, const KernelOptions &options = {});

/// Runs the calls of one operator after each other on the same output, of random bytes at first.
/// The first fault is kept; the counters are summed.
KernelRun runKernels(std::span<const kernels::PackedCall> calls, std::span<const Bytes> inputs,
                     std::size_t outputBytes, const KernelOptions &options = {});

/// Numbers as the bytes of a tensor, and back.
template <typename T> Bytes bytesOf(std::span<const T> values) {
  Bytes bytes(values.size_bytes());
  if (!bytes.empty())
    std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}
template <typename T> Bytes bytesOf(const std::vector<T> &values) {
  return bytesOf(std::span<const T>(values));
}
template <typename T> std::vector<T> valuesOf(const Bytes &bytes) {
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!values.empty())
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
  return values;
}

/// Random numbers for shapes and values. The same seed, the same numbers, on every host.
class Random {
public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}

  std::int32_t in(std::int32_t low, std::int32_t high) {
    const auto span = static_cast<std::uint64_t>(std::int64_t{high} - low + 1);
    return static_cast<std::int32_t>(low + static_cast<std::int64_t>(engine_() % span));
  }
  bool once(std::int32_t inSoMany) { return in(1, inSoMany) == 1; }
  std::uint32_t word() { return static_cast<std::uint32_t>(engine_()); }
  float real(float low, float high) {
    return low + (high - low) * (static_cast<float>(word() >> 8) * 0x1p-24F);
  }
  Bytes bytes(std::size_t count) {
    Bytes result(count);
    for (auto &byte : result)
      byte = static_cast<std::uint8_t>(engine_() >> 24);
    return result;
  }
  std::vector<std::int8_t> int8s(std::size_t count) { return valuesOf<std::int8_t>(bytes(count)); }

private:
  std::mt19937_64 engine_;
};

} // namespace xs3::test
