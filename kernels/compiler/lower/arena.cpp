// Lifetimes of tensors, shared places for aliases and in-place operators, then arrange().
#include "kernels/compiler/lower/arena.h"

#include "kernels/compiler/lower/arrange.h"

#include <algorithm>
#include <cassert>

namespace xs3::compiler {
namespace {

constexpr std::int32_t kNowhere = -1;

class Planner {
public:
  Planner(std::span<const std::uint64_t> bytes, std::span<const TensorUse> uses)
      : bytes_(bytes), uses_(uses), lastUse_(bytes.size(), kNowhere),
        bufferOf_(bytes.size(), kNowhere) {}

  Arena plan(std::span<const std::int32_t> inputs, std::span<const std::int32_t> outputs,
             std::uint64_t mostBytes) {
    const auto steps = static_cast<std::int32_t>(uses_.size());
    for (std::int32_t step = 0; step < steps; ++step)
      for (const std::int32_t tensor : use(step).reads)
        last(tensor) = step;
    for (const std::int32_t tensor : outputs)
      last(tensor) = steps;
    for (const std::int32_t tensor : inputs)
      if (buffer(tensor) == kNowhere)
        begin(tensor, kNowhere);
    for (std::int32_t step = 0; step < steps; ++step)
      write(step);
    return result(mostBytes);
  }

private:
  const TensorUse &use(std::int32_t step) const { return uses_[static_cast<std::size_t>(step)]; }
  std::int32_t &last(std::int32_t tensor) { return lastUse_.at(static_cast<std::size_t>(tensor)); }
  std::int32_t &buffer(std::int32_t tensor) {
    return bufferOf_.at(static_cast<std::size_t>(tensor));
  }
  std::uint64_t bytes(std::int32_t tensor) const {
    return bytes_[static_cast<std::size_t>(tensor)];
  }
  Buffer &bufferAt(std::int32_t index) { return buffers_[static_cast<std::size_t>(index)]; }

  /// A tensor with a place of its own, from `step` on.
  void begin(std::int32_t tensor, std::int32_t step) {
    buffer(tensor) = static_cast<std::int32_t>(buffers_.size());
    buffers_.push_back({bytes(tensor), step, std::max(step, last(tensor))});
  }

  /// A tensor in the place of another one.
  void join(std::int32_t tensor, std::int32_t other) {
    buffer(tensor) = buffer(other);
    Buffer &shared = bufferAt(buffer(other));
    shared.last = std::max(shared.last, last(tensor));
  }

  void write(std::int32_t step) {
    const TensorUse &op = use(step);
    if (op.writes == kNowhere)
      return;
    assert(buffer(op.writes) == kNowhere);
    if (op.alias)
      return join(op.writes, *op.alias);
    for (const std::int32_t tensor : op.inPlace)
      if (bufferAt(buffer(tensor)).last == step && bytes(tensor) == bytes(op.writes))
        return join(op.writes, tensor);
    begin(op.writes, step);
  }

  /// The buffers in one kind of memory, the others as if they had no bytes.
  std::vector<Buffer> buffersIn(bool external) const {
    std::vector<Buffer> chosen = buffers_;
    for (std::size_t i = 0; i < chosen.size(); ++i)
      if (external_[i] != external)
        chosen[i].bytes = 0;
    return chosen;
  }

  /// Of the buffers that live in the fullest moment the one with the most bytes.
  static std::size_t largestAtPeak(const std::vector<Buffer> &buffers) {
    std::uint64_t most = 0;
    std::size_t largest = 0;
    for (const Buffer &at : buffers) {
      std::uint64_t live = 0;
      std::size_t candidate = 0;
      for (std::size_t i = 0; i < buffers.size(); ++i)
        if (buffers[i].first <= at.first && at.first <= buffers[i].last) {
          live += buffers[i].bytes;
          candidate =
              buffers[i].bytes > buffers[candidate].bytes ||
                      !(buffers[candidate].first <= at.first && at.first <= buffers[candidate].last)
                  ? i
                  : candidate;
        }
      if (live > most) {
        most = live;
        largest = candidate;
      }
    }
    return largest;
  }

  Arena result(std::uint64_t mostBytes) {
    external_.assign(buffers_.size(), false);
    std::vector<Buffer> inside = buffers_;
    Arrangement arrangement = arrange(inside, kTensorAlignment);
    while (arrangement.bytes > mostBytes) {
      external_[largestAtPeak(inside)] = true;
      inside = buffersIn(false);
      arrangement = arrange(inside, kTensorAlignment);
    }
    const Arrangement outside = arrange(buffersIn(true), kTensorAlignment);
    Arena arena;
    arena.floor = liveFloor(inside, kTensorAlignment);
    arena.bytes = arrangement.bytes;
    arena.externalBytes = outside.bytes;
    for (std::size_t i = 0; i < buffers_.size(); ++i)
      arena.places.push_back({(external_[i] ? outside : arrangement).offsets[i], buffers_[i].bytes,
                              buffers_[i].first, buffers_[i].last, external_[i]});
    for (const std::int32_t index : bufferOf_) {
      const ArenaPlace *place =
          index == kNowhere ? nullptr : &arena.places[static_cast<std::size_t>(index)];
      arena.offsets.push_back(place ? std::optional(static_cast<std::uint32_t>(place->offset))
                                    : std::nullopt);
      arena.isExternal.push_back(place && place->isExternal);
    }
    return arena;
  }

  std::span<const std::uint64_t> bytes_;
  std::span<const TensorUse> uses_;
  std::vector<std::int32_t> lastUse_;  ///< By tensor: the last step that reads it.
  std::vector<std::int32_t> bufferOf_; ///< By tensor.
  std::vector<Buffer> buffers_;
  std::vector<bool> external_; ///< By buffer.
};

} // namespace

Arena planArena(std::span<const std::uint64_t> bytes, std::span<const TensorUse> uses,
                std::span<const std::int32_t> inputs, std::span<const std::int32_t> outputs,
                std::uint64_t mostBytes) {
  return Planner(bytes, uses).plan(inputs, outputs, mostBytes);
}

} // namespace xs3::compiler
