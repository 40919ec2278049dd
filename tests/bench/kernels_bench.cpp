// Slots of the binary and int8 convolutions, counted by the simulator, beside published kernels and
// targets (Co = C; all windows inside of the image, which a border would make dearer).
#include "kernels/bconv2d/pack.h"
#include "kernels/conv2d/pack.h"
#include "kernels/reference/packing.h"
#include "tests/kernels/kernel_fixture.h"

#include <cstdio>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

constexpr std::int32_t kOutputs = 8; ///< Rows and columns of the output.

struct Shape {
  std::int32_t taps, input, output;
  std::int32_t published, target; ///< Slots of an output pixel.
};

void print(const char *kernel, const Shape &shape, const PackedCall &call, const KernelRun &run) {
  const double slots = static_cast<double>(run.counters.slots()) / call.units;
  const double macs = double{1} * shape.taps * shape.taps * shape.input * shape.output;
  std::printf("%-24s %2dx%-2d %4d to %-4d %9d %8d %9.1f %7.2f %9.1f %6.1f\n", kernel, shape.taps,
              shape.taps, shape.input, shape.output, shape.published, shape.target, slots,
              slots / shape.target, macs / slots,
              100.0 * static_cast<double>(run.counters.fnops) /
                  static_cast<double>(run.counters.slots()));
  if (!run.fault.empty())
    std::printf("  %s\n", run.fault.c_str());
}

Window validWindow(std::int32_t taps) {
  const WindowAxis axis = windowAxis(kOutputs + taps - 1, taps, 1, 1, Padding::Valid);
  return {axis, axis};
}

void binary(const Shape &shape, bool int8) {
  Random random(1);
  Bconv2dParameters p;
  p.window = validWindow(shape.taps);
  p.input = {1, p.window.rows.size, p.window.columns.size, shape.input};
  p.output = {1, kOutputs, kOutputs, shape.output};
  const std::size_t words = wordsFor(shape.input);
  const auto channels = static_cast<std::size_t>(shape.output);
  const auto taps = static_cast<std::size_t>(shape.taps * shape.taps);
  std::vector<Word> filter(channels * taps * words);
  for (Word &word : filter)
    word = random.word();
  const std::vector<Bytes> inputs = {random.bytes(4 * words * p.input.pixels())};
  std::vector<PackedCall> calls;
  if (int8) {
    const auto k = static_cast<float>(fieldBits(p));
    std::vector<float> multiplier(channels), bias(channels);
    for (std::size_t i = 0; i < channels; ++i) {
      multiplier[i] = random.real(0.5F, 2.0F) / k;
      bias[i] = random.real(-0.3F, 0.3F);
    }
    calls = packBconv2dInt8(
        p, filter,
        bconv2dOutputTransform(fieldBits(p), Activation::Relu, multiplier, bias, {0.008F, -128}));
  } else {
    calls = packBconv2dBits(
        p, filter,
        std::vector<std::int32_t>(channels, static_cast<std::int32_t>(fieldBits(p) / 2)));
  }
  const std::size_t outputBytes =
      int8 ? p.output.elements() : 4 * wordsFor(shape.output) * p.output.pixels();
  const auto run = runKernels(calls, inputs, outputBytes);
  print(calls[0].kernel.data(), shape, calls[0], run);
}

void int8(const Shape &shape) {
  Random random(1);
  Conv2dParameters p;
  p.window = validWindow(shape.taps);
  p.input = {1, p.window.rows.size, p.window.columns.size, shape.input};
  p.output = {1, kOutputs, kOutputs, shape.output};
  const auto field = static_cast<std::size_t>(shape.taps * shape.taps * shape.input);
  const auto channels = static_cast<std::size_t>(shape.output);
  std::vector<float> scales(channels);
  for (float &scale : scales)
    scale = random.real(0.005F, 0.02F);
  const auto requantization =
      convolutionRequantization({0.05F, -3}, scales, {0.1F, -5}, Activation::Relu, channels);
  const auto calls = packConv2dInt8(p, requantization, random.int8s(channels * field),
                                    std::vector<std::int32_t>(channels, 100));
  const std::vector<Bytes> inputs = {random.bytes(p.input.elements())};
  print(calls[0].kernel.data(), shape, calls[0], runKernels(calls, inputs, p.output.elements()));
}

// kernel-targets.md section 5: published, target.
constexpr Shape kBits[] = {
    {3, 32, 32, 306, 106},       {3, 64, 64, 616, 285},     {3, 128, 128, 1500, 902},
    {3, 192, 192, 2736, 1860},   {3, 256, 256, 4112, 3125}, {3, 384, 384, 9120, 7364},
    {3, 512, 512, 14560, 12469}, {1, 32, 32, 218, 58},      {1, 64, 64, 396, 107},
    {1, 128, 128, 752, 203},     {1, 192, 192, 1108, 299},  {1, 256, 256, 976, 390},
    {1, 384, 384, 2708, 1128},   {1, 512, 512, 2656, 1492}, {5, 32, 32, 478, 196},
    {5, 64, 64, 1052, 642},      {5, 128, 128, 2992, 2304}, {5, 256, 256, 10320, 8636}};
constexpr Shape kInt8Output[] = {
    {3, 32, 32, 362, 127},     {3, 64, 64, 728, 319},     {3, 128, 128, 1724, 965},
    {3, 192, 192, 3072, 1950}, {3, 256, 256, 4560, 3242}, {1, 64, 64, 508, 141},
    {1, 128, 128, 976, 265},   {1, 256, 256, 1424, 507},  {5, 64, 64, 1164, 677}};
// Section 6.
constexpr Shape kInt8[] = {
    {3, 3, 16, 212, 75},     {7, 3, 64, 1244, 583},     {3, 32, 32, 548, 412},
    {3, 64, 64, 1888, 1592}, {3, 128, 128, 6944, 6238}, {1, 16, 64, 464, 139},
    {1, 32, 64, 312, 139},   {1, 64, 128, 800, 433},    {1, 128, 256, 2304, 1537}};

} // namespace
} // namespace xs3::kernels

int main() {
  using namespace xs3::kernels;
  std::printf("%-24s %5s %12s %9s %8s %9s %7s %9s %6s\n", "kernel", "taps", "channels", "published",
              "target", "slots", "ratio", "MAC/slot", "FNOP%");
  for (const Shape &shape : kBits)
    binary(shape, false);
  for (const Shape &shape : kInt8Output)
    binary(shape, true);
  for (const Shape &shape : kInt8)
    int8(shape);
}
