// Best fit in several orders, then a search that moves the buffer on top to the front of the order.
#include "kernels/compiler/lower/arrange.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <tuple>

namespace xs3::compiler {
namespace {

using Order = std::vector<std::size_t>;

/// Turns of the search. Networks of a hundred layers reach their floor within the first few.
constexpr int kSearchTurns = 100;

std::uint64_t rounded(std::uint64_t bytes, std::uint32_t alignment) {
  return (bytes + alignment - 1) & ~std::uint64_t{alignment - 1};
}

class Placer {
public:
  Placer(std::span<const Buffer> buffers, std::uint32_t alignment)
      : buffers_(buffers), alignment_(alignment) {}

  /// Places the buffers one after another, each into the tightest gap between those that live with
  /// it.
  Arrangement place(const Order &order) {
    Arrangement result;
    result.offsets.assign(buffers_.size(), 0);
    placed_.clear();
    for (const std::size_t index : order) {
      const std::uint64_t offset = tightestGap(index, result.offsets);
      result.offsets[index] = offset;
      result.bytes = std::max(result.bytes, offset + size(index));
      placed_.push_back(index);
    }
    return result;
  }

  std::uint64_t size(std::size_t index) const { return rounded(buffers_[index].bytes, alignment_); }

private:
  std::uint64_t tightestGap(std::size_t index, const std::vector<std::uint64_t> &offsets) {
    neighbours_.clear();
    for (const std::size_t other : placed_)
      if (buffers_[other].livesWith(buffers_[index]) && buffers_[other].bytes > 0)
        neighbours_.push_back(other);
    std::sort(neighbours_.begin(), neighbours_.end(), [&](std::size_t a, std::size_t b) {
      return std::tie(offsets[a], a) < std::tie(offsets[b], b);
    });
    constexpr std::uint64_t kNone = ~std::uint64_t{0};
    std::uint64_t best = 0, bestGap = kNone, end = 0;
    for (const std::size_t other : neighbours_) {
      if (offsets[other] >= end + size(index) && offsets[other] - end < bestGap) {
        best = end;
        bestGap = offsets[other] - end;
      }
      end = std::max(end, offsets[other] + size(other));
    }
    return bestGap == kNone ? end : best;
  }

  std::span<const Buffer> buffers_;
  std::uint32_t alignment_;
  std::vector<std::size_t> placed_, neighbours_;
};

/// Orders worth trying; ties are broken by index, so that the result does not depend on the
/// library's sort.
std::vector<Order> startingOrders(std::span<const Buffer> buffers) {
  Order inOrder(buffers.size());
  std::iota(inOrder.begin(), inOrder.end(), std::size_t{0});
  const auto sorted = [&](auto key) {
    Order order = inOrder;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return std::make_tuple(key(buffers[a]), a) < std::make_tuple(key(buffers[b]), b);
    });
    return order;
  };
  const auto steps = [](const Buffer &b) { return std::int64_t{b.last} - b.first + 1; };
  return {sorted([](const Buffer &b) { return -static_cast<std::int64_t>(b.bytes); }),
          sorted([&](const Buffer &b) { return -static_cast<std::int64_t>(b.bytes) * steps(b); }),
          sorted([&](const Buffer &b) { return -steps(b); }),
          sorted([](const Buffer &b) { return std::int64_t{b.first}; })};
}

} // namespace

std::uint64_t liveFloor(std::span<const Buffer> buffers, std::uint32_t alignment) {
  std::uint64_t floor = 0;
  for (const Buffer &at : buffers) { // the most is needed where some buffer begins
    std::uint64_t live = 0;
    for (const Buffer &other : buffers)
      if (other.first <= at.first && at.first <= other.last)
        live += rounded(other.bytes, alignment);
    floor = std::max(floor, live);
  }
  return floor;
}

Arrangement arrange(std::span<const Buffer> buffers, std::uint32_t alignment) {
  assert(alignment != 0 && (alignment & (alignment - 1)) == 0);
  const std::uint64_t floor = liveFloor(buffers, alignment);
  Placer placer(buffers, alignment);
  Arrangement best;
  best.bytes = ~std::uint64_t{0};
  for (Order order : startingOrders(buffers)) {
    for (int turn = 0; turn < kSearchTurns && best.bytes > floor; ++turn) {
      const Arrangement tried = placer.place(order);
      if (tried.bytes < best.bytes)
        best = tried;
      const auto onTop = std::find_if(order.begin(), order.end(), [&](std::size_t index) {
        return tried.offsets[index] + placer.size(index) == tried.bytes;
      });
      if (onTop == order.begin() || onTop == order.end())
        break;
      // It lies too high because what was placed before it left no room: let it come earlier.
      std::rotate(onTop - (onTop - order.begin() + 1) / 2, onTop, onTop + 1);
    }
  }
  if (buffers.empty())
    best.bytes = 0;
  return best;
}

} // namespace xs3::compiler
