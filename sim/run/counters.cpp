// Sums and differences of counters, field by field.
#include "sim/run/counters.h"

#include <numeric>

namespace xs3::sim {

namespace {

/// Applies `op` to each pair of sums.
template <typename Operation> void combine(AccessCounts &a, const AccessCounts &b, Operation op) {
  op(a.narrow, b.narrow);
  op(a.pair, b.pair);
  op(a.vector, b.vector);
  op(a.masked, b.masked);
  op(a.bytes, b.bytes);
  op(a.maskedCharge, b.maskedCharge);
}

template <typename Operation>
void combine(ExternalCounts &a, const ExternalCounts &b, Operation op) {
  combine(a.reads, b.reads, op);
  combine(a.writes, b.writes, op);
  op(a.fetches, b.fetches);
  op(a.fetchBytes, b.fetchBytes);
  op(a.misses, b.misses);
  op(a.fills, b.fills);
  op(a.writebacks, b.writebacks);
}

template <typename Operation> void combine(Counters &a, const Counters &b, Operation op) {
  op(a.packets, b.packets);
  op(a.dualSecond, b.dualSecond);
  op(a.instructions, b.instructions);
  op(a.fnops, b.fnops);
  op(a.stallSlots, b.stallSlots);
  for (std::size_t i = 0; i < a.waits.size(); ++i)
    op(a.waits[i], b.waits[i]);
  op(a.dividerClocks, b.dividerClocks);
  op(a.fetches, b.fetches);
  op(a.fetchBytes, b.fetchBytes);
  combine(a.reads, b.reads, op);
  combine(a.writes, b.writes, op);
  combine(a.external, b.external, op);
  for (std::size_t i = 0; i < a.executed.size(); ++i)
    op(a.executed[i], b.executed[i]);
  for (std::size_t i = 0; i < a.vectorMacs.size(); ++i)
    op(a.vectorMacs[i], b.vectorMacs[i]);
}

} // namespace

Cycles Counters::waitCycles() const {
  return std::accumulate(waits.begin(), waits.end(), Cycles{0});
}

Counters &Counters::operator+=(const Counters &other) {
  combine(*this, other, [](std::uint64_t &a, std::uint64_t b) { a += b; });
  return *this;
}

Counters &Counters::operator-=(const Counters &other) {
  combine(*this, other, [](std::uint64_t &a, std::uint64_t b) { a -= b; });
  return *this;
}

} // namespace xs3::sim
