// A network as kernel calls, packed weights and a memory plan: what is emitted as assembly.
#pragma once

#include "base/types.h"
#include "kernels/compiler/import/network.h"
#include "kernels/compiler/lower/arena.h"
#include "kernels/runtime/parallel.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace xs3::compiler {

/// One word of a kernel's argument block: a number, or an address.
struct Argument {
  std::string name;   ///< Its field in the kernel's call.h: "input".
  Word value = 0;     ///< The number; behind a symbol, bytes added to its address.
  std::string symbol; ///< "tensor.12", "weights.002.filter"; empty for a number.
};

/// A kernels::PackedCall whose addresses have become symbols.
struct KernelCall {
  std::string kernel; ///< The symbol of its entry.
  std::vector<Argument> arguments;
  std::uint32_t units = 0;        ///< Independent pieces of work.
  std::uint32_t scratchBytes = 0; ///< For each thread.
};

/// One operator of the network.
struct Layer {
  std::size_t position = 0;      ///< In Network::operators.
  std::string name;              ///< "004_LceBMaxPool2d"
  std::vector<KernelCall> calls; ///< In order; none where the output is the input's memory.
  std::uint64_t macsBinary = 0, macsInt8 = 0;
};

/// Constant bytes that kernels read.
struct WeightBlob {
  std::string symbol; ///< "weights.002.filter"
  std::string layout; ///< One line for a reader of the emitted program.
  Bytes bytes;
  std::uint32_t alignment = 4;
};

/// A whole network, lowered. The order of everything is fixed by the network and the options.
struct Plan {
  unsigned threads = 1;
  std::vector<Layer> layers; ///< One per operator, in order.
  std::vector<WeightBlob> weights;
  Arena arena;
  std::uint32_t scratchBytes = 0; ///< Per thread.

  /// The first unit of each thread of a call, and, last, the number of units: nearly equal shares
  /// of neighbouring units. For one unit a single share.
  std::vector<std::uint32_t> shares(const KernelCall &call) const;

  std::uint64_t weightBytes() const;
  std::uint64_t scratchBytesOfAll() const { return std::uint64_t{scratchBytes} * threads; }
  /// Of the threads besides the first, whose stack the linker places.
  std::uint64_t teamStackBytes() const {
    return std::uint64_t{kernels::kTeamStackBytes} * (threads - 1);
  }
};

/// "tensor.12": a tensor of the arena.
std::string tensorSymbol(std::int32_t tensor);

/// "weights.002.filter": the part "filter" of the weights of operator 2.
std::string weightSymbol(std::int32_t operatorIndex, std::string_view part);

} // namespace xs3::compiler
