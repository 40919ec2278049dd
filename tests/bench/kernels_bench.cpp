// Slots of the kernels, counted by the simulator, beside published kernels and the targets of
// kernel-targets.md sections 5 and 6. Rows per output pixel count whole calls, with what a call and
// a row of pixels cost; all windows lie inside of the image, which a border would make dearer.
#include "kernels/add/call.h"
#include "kernels/average_pool2d/pack.h"
#include "kernels/bconv2d/pack.h"
#include "kernels/bmaxpool2d/pack.h"
#include "kernels/conv2d/pack.h"
#include "kernels/depthwise_conv2d/pack.h"
#include "kernels/lce_quantize/pack.h"
#include "kernels/max_pool2d/pack.h"
#include "kernels/reference/packing.h"
#include "kernels/softmax/call.h"
#include "tests/kernels/kernel_fixture.h"

#include <cmath>
#include <cstdio>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

constexpr std::int32_t kOutputs = 16; ///< Rows and columns of the output.
/// Of binary convolutions: rows as long as those of a network's first stage, of which large weights
/// leave room for fewer.
constexpr std::int32_t kBinaryColumns = 56, kBinaryRows = 8, kFewerRows = 2;

/// Slots of a unit.
struct Goal {
  std::int32_t published, target; ///< published 0: none.
};

struct Shape {
  std::int32_t taps, input, output;
  Goal goal; ///< By output pixel.
};

std::string describe(const Shape &shape) {
  return std::to_string(shape.taps) + "x" + std::to_string(shape.taps) + " " +
         std::to_string(shape.input) + " to " + std::to_string(shape.output);
}

void print(std::string_view kernel, const std::string &what, const Goal &goal, const KernelRun &run,
           double units, double macsOfUnit = 0) {
  const auto all = static_cast<double>(run.counters.slots());
  const double slots = all / units;
  std::printf("%-24.*s %-24s %9d %8d %9.1f %7.3f %6.1f", static_cast<int>(kernel.size()),
              kernel.data(), what.c_str(), goal.published, goal.target, slots, slots / goal.target,
              100.0 * static_cast<double>(run.counters.fnops) / all);
  if (macsOfUnit != 0)
    std::printf(" %9.1f", macsOfUnit / slots);
  std::printf("\n");
  if (!run.fault.empty())
    std::printf("  %s\n", run.fault.c_str());
}

double macs(const Shape &shape) {
  return double{1} * shape.taps * shape.taps * shape.input * shape.output;
}

Window window(std::int32_t taps, std::int32_t stride = 1, std::int32_t outputs = kOutputs) {
  const WindowAxis axis =
      windowAxis((outputs - 1) * stride + taps, taps, stride, 1, Padding::Valid);
  return {axis, axis};
}

/// The images before and behind a window, with as many channels.
struct Images {
  Image input, output;
};

Images images(const Window &window, std::int32_t inputs, std::int32_t outputs) {
  return {{1, window.rows.size, window.columns.size, inputs},
          {1, window.rows.outputs, window.columns.outputs, outputs}};
}

/// What a packer returned, one call or several.
template <typename Calls> std::vector<PackedCall> listOf(Calls calls) {
  if constexpr (std::is_same_v<Calls, PackedCall>)
    return std::vector<PackedCall>(1, std::move(calls));
  else
    return calls;
}

void binary(const Shape &shape, bool int8) {
  Random random(1);
  Bconv2dParameters p;
  const std::int32_t rows = shape.input < 512 ? kBinaryRows : kFewerRows;
  p.window = {windowAxis(rows + shape.taps - 1, shape.taps, 1, 1, Padding::Valid),
              windowAxis(kBinaryColumns + shape.taps - 1, shape.taps, 1, 1, Padding::Valid)};
  const Images size = images(p.window, shape.input, shape.output);
  p.input = size.input;
  p.output = size.output;
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
      multiplier[i] = random.real(0.5F, 2.0F) / std::sqrt(k); // as a batch normalisation leaves it
      bias[i] = random.real(-1.0F, 1.0F);
    }
    calls = packBconv2dInt8(
        p, filter,
        bconv2dOutputTransform(fieldBits(p), Activation::Relu, multiplier, bias, {0.03F, -128}));
  } else {
    calls = packBconv2dBits(
        p, filter,
        std::vector<std::int32_t>(channels, static_cast<std::int32_t>(fieldBits(p) / 2)));
  }
  const std::size_t outputBytes =
      int8 ? p.output.elements() : 4 * wordsFor(shape.output) * p.output.pixels();
  print(calls[0].kernel, describe(shape), shape.goal, runKernels(calls, inputs, outputBytes),
        static_cast<double>(p.output.pixels()), macs(shape));
}

/// In calls for 256 channels each, so that the largest weights fit into the fixture.
void int8(const Shape &shape) {
  constexpr std::uint32_t kChannels = 256;
  Random random(1);
  const Window valid = window(shape.taps, 1, 8);
  const Images size = images(valid, shape.input, shape.output);
  Conv2dParameters p;
  p.window = valid;
  p.input = size.input;
  p.output = size.output;
  const auto field = static_cast<std::size_t>(shape.taps * shape.taps * shape.input);
  const auto channels = static_cast<std::size_t>(shape.output);
  std::vector<float> scales(channels);
  for (float &scale : scales)
    scale = random.real(0.005F, 0.02F);
  const auto requantization =
      convolutionRequantization({0.05F, -3}, scales, {0.1F, -5}, Activation::Relu, channels);
  const auto filter = random.int8s(channels * field);
  std::vector<PackedCall> calls;
  for (std::uint32_t first = 0; first < channels; first += kChannels)
    for (PackedCall &call :
         packConv2dInt8(p, requantization, filter, std::vector<std::int32_t>(channels, 100),
                        {first, kChannels}))
      calls.push_back(std::move(call));
  const std::vector<Bytes> inputs = {random.bytes(p.input.elements())};
  print(calls[0].kernel, describe(shape), shape.goal,
        runKernels(calls, inputs, p.output.elements()), static_cast<double>(p.output.pixels()),
        macs(shape));
}

void quantize(Goal goal) {
  constexpr std::uint32_t kPixels = 196, kChannels = 128;
  const auto calls = listOf(packLceQuantizeInt8(kPixels, kChannels, -5));
  const std::vector<Bytes> inputs = {Random(1).bytes(kPixels * kChannels)};
  print(calls[0].kernel, "128 channels", goal, runKernels(calls, inputs, kPixels * kChannels / 8),
        kPixels);
}

void binaryMaxPool(std::int32_t channels, Goal goal) {
  const Window pool = window(2, 2);
  const Images size = images(pool, channels, channels);
  const auto calls = listOf(packBmaxpool2d(size.input, size.output, pool));
  const std::vector<Bytes> inputs = {Random(1).bytes(size.input.elements() / 8)};
  print(calls[0].kernel, "2x2/2, " + std::to_string(channels) + " channels", goal,
        runKernels(calls, inputs, size.output.elements() / 8), kOutputs * kOutputs);
}

enum class Pool : std::uint8_t { Max, Average };

void int8Pool(Pool kind, std::int32_t taps, std::int32_t stride, std::int32_t unitChannels,
              Goal goal) {
  constexpr std::int32_t kChannels = 64;
  const Window pool = window(taps, stride, taps < 7 ? kOutputs : 1);
  const Images size = images(pool, kChannels, kChannels);
  const auto calls =
      kind == Pool::Max ? listOf(packMaxPool2dInt8(size.input, size.output, pool, {-128, 127}))
                        : listOf(packAveragePool2dInt8(size.input, size.output, pool, {-128, 127}));
  const std::vector<Bytes> inputs = {Random(1).bytes(size.input.elements())};
  print(calls[0].kernel,
        std::to_string(taps) + "x" + std::to_string(taps) + "/" + std::to_string(stride) + ", " +
            std::to_string(unitChannels) + " channels",
        goal, runKernels(calls, inputs, size.output.elements()),
        static_cast<double>(size.output.elements()) / unitChannels);
}

/// With scales as training leaves them. Scales in simple ratios (0.05, 0.04, 0.06) make exact ties
/// of the reference's two roundings, for which no weights exist: those layers take add_int8.
void add(Goal goal) {
  constexpr std::size_t kElements = 56 * 56;
  Random random(1);
  const std::vector<std::int32_t> shape = {1, 14, 14, 16};
  const auto calls = listOf(packAddInt8(
      {shape, shape, shape},
      addScaling({0.0517F, -3}, {0.0419F, 5}, {0.0633F, -1}, Activation::None), Sign::Plus));
  const std::vector<Bytes> inputs = {random.bytes(kElements), random.bytes(kElements)};
  print(calls[0].kernel, "32 elements", goal, runKernels(calls, inputs, kElements),
        kElements / 32.0);
}

void depthwise(Goal goal) {
  constexpr std::int32_t kChannels = 64;
  Random random(1);
  DepthwiseConv2dParameters p;
  p.window = window(3);
  const Images size = images(p.window, kChannels, kChannels);
  p.input = size.input;
  p.output = size.output;
  std::vector<float> scales(kChannels);
  for (float &scale : scales)
    scale = random.real(0.005F, 0.02F);
  const auto calls = listOf(packDepthwiseConv2dInt8(
      p, convolutionRequantization({0.05F, -3}, scales, {0.1F, -5}, Activation::None, kChannels),
      random.int8s(9 * kChannels), std::vector<std::int32_t>(kChannels, 100)));
  const std::vector<Bytes> inputs = {random.bytes(p.input.elements())};
  print(calls[0].kernel, "3x3, 16 channels", goal, runKernels(calls, inputs, p.output.elements()),
        static_cast<double>(p.output.elements()) / 16);
}

void softmax(Goal goal) {
  const auto calls = listOf(packSoftmax(1, 1000, 0.1F, 1, 1 / 256.0F, -128));
  const std::vector<Bytes> inputs = {Random(1).bytes(1000)};
  print(calls[0].kernel, "1000 classes", goal, runKernels(calls, inputs, 1000), 1);
}

// Section 5.
constexpr Shape kBits[] = {
    {3, 32, 32, {306, 106}},       {3, 64, 64, {616, 285}},     {3, 128, 128, {1500, 902}},
    {3, 192, 192, {2736, 1860}},   {3, 256, 256, {4112, 3125}}, {3, 384, 384, {9120, 7364}},
    {3, 512, 512, {14560, 12469}}, {1, 32, 32, {218, 58}},      {1, 64, 64, {396, 107}},
    {1, 128, 128, {752, 203}},     {1, 192, 192, {1108, 299}},  {1, 256, 256, {976, 390}},
    {1, 384, 384, {2708, 1128}},   {1, 512, 512, {2656, 1492}}, {5, 32, 32, {478, 196}},
    {5, 64, 64, {1052, 642}},      {5, 128, 128, {2992, 2304}}, {5, 256, 256, {10320, 8636}}};
constexpr Shape kInt8Output[] = {
    {3, 32, 32, {362, 127}},       {3, 64, 64, {728, 319}},     {3, 128, 128, {1724, 965}},
    {3, 192, 192, {3072, 1950}},   {3, 256, 256, {4560, 3242}}, {3, 384, 384, {9792, 7539}},
    {3, 512, 512, {15456, 12666}}, {1, 32, 32, {274, 78}},      {1, 64, 64, {508, 141}},
    {1, 128, 128, {976, 265}},     {1, 192, 192, {1444, 389}},  {1, 256, 256, {1424, 507}},
    {1, 384, 384, {3380, 1302}},   {1, 512, 512, {3552, 1722}}, {5, 32, 32, {534, 217}},
    {5, 64, 64, {1164, 677}},      {5, 128, 128, {3216, 2376}}, {5, 256, 256, {10768, 8754}}};
// Section 6.
constexpr Shape kInt8[] = {
    {3, 3, 16, {212, 75}},       {3, 3, 8, {212, 41}},          {7, 3, 64, {1244, 583}},
    {11, 3, 64, {2404, 1230}},   {3, 32, 32, {548, 412}},       {3, 64, 64, {1888, 1592}},
    {3, 128, 128, {6944, 6238}}, {1, 8, 32, {252, 77}},         {1, 16, 64, {464, 139}},
    {1, 32, 64, {312, 139}},     {1, 64, 128, {800, 433}},      {1, 128, 256, {2304, 1537}},
    {1, 256, 512, {7424, 5785}}, {1, 512, 1000, {25704, 22506}}};

} // namespace
} // namespace xs3::kernels

int main() {
  using namespace xs3::kernels;
  std::printf("%-24s %-24s %9s %8s %9s %7s %6s %9s\n", "kernel", "slots of one pixel or unit",
              "published", "target", "slots", "ratio", "FNOP%", "MAC/slot");
  for (const Shape &shape : kBits)
    binary(shape, false);
  for (const Shape &shape : kInt8Output)
    binary(shape, true);
  for (const Shape &shape : kInt8)
    int8(shape);
  quantize({20, 17});
  binaryMaxPool(32, {84, 8});
  binaryMaxPool(64, {168, 10});
  int8Pool(Pool::Max, 2, 2, 32, {64, 27});
  int8Pool(Pool::Max, 3, 2, 32, {111, 66});
  add({74, 40});
  depthwise({86, 34});
  int8Pool(Pool::Average, 2, 2, 16, {0, 17});
  int8Pool(Pool::Average, 7, 1, 16, {0, 77});
  softmax({0, 17060});
}
