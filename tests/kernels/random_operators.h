// Random networks of one operator, for every row of the kernel table.
#pragma once

#include "kernels/compiler/import/network.h"
#include "kernels/compiler/lower/kernel_table.h"

#include <random>
#include <vector>

namespace xs3::test {

/// Usual: what converters make, small enough for a tile. Wild: now and then scales of 2^-40 to
/// 2^40, which some operators may refuse (sums that no int32 holds), and layers of many input
/// channels.
enum class Sizes : std::uint8_t { Usual, Wild };

/// A network of one operator of that form, as importNetwork would give it: shapes, options,
/// weights and scales drawn at random. Throws std::logic_error for a row that it has no recipe for.
compiler::Network randomNetwork(const compiler::KernelRow &row, std::mt19937 &random,
                                Sizes sizes = Sizes::Usual);

/// One value for each input of the network: all bytes at random, but floats as numbers of sensible
/// size and packed words without spare bits.
std::vector<compiler::Bytes> randomInputs(const compiler::Network &network, std::mt19937 &random);

} // namespace xs3::test
