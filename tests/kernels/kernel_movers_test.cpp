// CONCATENATION and PAD on the machine against their scalar references, byte for byte.
#include "kernels/concatenation/call.h"
#include "kernels/concatenation/reference.h"
#include "kernels/pad/call.h"
#include "kernels/pad/reference.h"
#include "tests/kernels/kernel_windows.h"

#include <gtest/gtest.h>
#include <sstream>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

std::string text(const std::vector<std::int32_t> &numbers) {
  std::ostringstream out;
  for (const std::int32_t number : numbers)
    out << number << ' ';
  return out.str();
}

std::size_t product(const std::vector<std::int32_t> &shape) {
  std::size_t result = 1;
  for (const std::int32_t size : shape)
    result *= static_cast<std::size_t>(size);
  return result;
}

/// Units that every call has: where all of them may be split.
std::uint32_t fewestUnits(const std::vector<PackedCall> &calls) {
  return std::min_element(calls.begin(), calls.end(),
                          [](const auto &a, const auto &b) { return a.units < b.units; })
      ->units;
}

class MoverKernel : public testing::TestWithParam<std::uint32_t> {};

TEST_P(MoverKernel, ConcatenationEqualsTheReference) {
  Random random(GetParam());
  const std::uint32_t elementBytes = random.once(3) ? 4 : 1;
  std::vector<std::int32_t> shape(static_cast<std::size_t>(random.in(1, 4)));
  for (auto &size : shape)
    size = random.in(1, 7);
  const std::size_t axis = random.word() % shape.size();
  std::vector<Bytes> inputs;
  std::vector<std::vector<std::int32_t>> shapes;
  std::vector<std::uint32_t> rowBytes;
  std::size_t total = 0;
  for (std::int32_t parts = random.in(1, 4); parts > 0; --parts) {
    shape[axis] = random.once(3) ? 4 * random.in(1, 24) : random.in(1, 70);
    shapes.push_back(shape);
    inputs.push_back(random.bytes(product(shape) * elementBytes));
    std::size_t row = elementBytes;
    for (std::size_t i = axis; i < shape.size(); ++i)
      row *= static_cast<std::size_t>(shape[i]);
    rowBytes.push_back(static_cast<std::uint32_t>(row));
    total += inputs.back().size();
  }
  std::vector<ConcatenationPart> parts;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    parts.push_back({shapes[i], inputs[i]});
  Bytes expected(total);
  concatenation(parts, static_cast<std::int32_t>(axis), elementBytes, expected);

  const auto rows = static_cast<std::uint32_t>(inputs[0].size()) / rowBytes[0];
  const auto calls = packConcatenation(rows, rowBytes);
  const auto run =
      runKernels(calls, inputs, total, randomOptions(random, fewestUnits(calls), GetParam()));

  EXPECT_EQ(run.fault, "") << text(shape) << "axis " << axis;
  EXPECT_EQ(run.output, expected) << text(shape) << "axis " << axis;
}

TEST_P(MoverKernel, PadEqualsTheReference) {
  Random random(GetParam() + 1000);
  const std::uint32_t elementBytes = random.once(3) ? 4 : 1;
  const std::int32_t factor = random.once(2) ? 4 : 1; // so that rows often are whole words
  PadParameters p;
  for (std::int32_t rank = random.in(1, 5); rank > 0; --rank) {
    const bool last = rank == 1, padded = !random.once(3);
    p.shape.push_back(last ? factor * random.in(1, 20) : random.in(1, 5));
    p.before.push_back(padded ? (last ? factor : 1) * random.in(0, 3) : 0);
    p.after.push_back(padded ? (last ? factor * random.in(0, 12) : random.in(0, 3)) : 0);
  }
  const Bytes input = random.bytes(product(p.shape) * elementBytes);
  const Word fill = elementBytes == 4 ? random.word() : 0x01010101 * (random.word() & 0xff);
  std::vector<std::int32_t> padded = p.shape;
  for (std::size_t i = 0; i < padded.size(); ++i)
    padded[i] += p.before[i] + p.after[i];
  Bytes expected(product(padded) * elementBytes);
  const Bytes fillBytes = bytesOf(std::vector<Word>{fill});
  pad(p, std::span(fillBytes).first(elementBytes), input, expected);

  const auto calls = packPad(p, elementBytes, fill);
  const std::vector<Bytes> inputs = {input};
  const auto run = runKernels(calls, inputs, expected.size(),
                              randomOptions(random, fewestUnits(calls), GetParam()));

  const std::string what = text(p.shape) + "before " + text(p.before) + "after " + text(p.after);
  EXPECT_EQ(run.fault, "") << what;
  EXPECT_EQ(run.output, expected) << what;
}

INSTANTIATE_TEST_SUITE_P(Seed, MoverKernel, testing::Range(1U, 101U));

} // namespace
} // namespace xs3::kernels
