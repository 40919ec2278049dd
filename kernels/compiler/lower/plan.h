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

/// Units of a call that one thread does in a step; none where begin == end.
struct Job {
  std::size_t call = 0; ///< In Layer::calls.
  std::uint32_t begin = 0, end = 0;

  bool isEmpty() const { return begin == end; }
};

/// Bytes of a Stream that are copied into its place: whole lines.
struct Copy {
  std::size_t stream = 0; ///< In Plan::streams.
  std::uint32_t first = 0, bytes = 0;
};

/// What runs between two joins of the threads: the jobs of one call shared by its units, or of
/// calls for different output channels.
struct Step {
  std::vector<Job> jobs;    ///< By thread; threads behind the last one have none.
  std::vector<Copy> before; ///< Done by the first thread before the step begins.
  std::vector<Copy> during; ///< Done by the copying thread meanwhile, for later steps.
};

/// One operator of the network.
struct Layer {
  std::size_t position = 0;      ///< In Network::operators.
  std::string name;              ///< "004_LceBMaxPool2d"
  std::vector<KernelCall> calls; ///< None where the output is the input's memory.
  std::vector<Step> steps;       ///< In order. They do every unit of every call once.
  std::uint64_t macsBinary = 0, macsInt8 = 0;
};

/// Constant bytes that kernels read.
struct WeightBlob {
  std::string symbol; ///< "weights.002.filter"
  std::string layout; ///< One line for a reader of the emitted program.
  Bytes bytes;
  std::uint32_t alignment = 4;
  bool isExternal = false; ///< In external memory: a part of a Stream, or read there by kernels.
};

/// Weights in external memory, one behind the other, that are copied into SRAM for the steps that
/// use them. Their place is a part of the block that the arena begins.
struct Stream {
  struct Part {
    std::size_t blob = 0; ///< In Plan::weights.
    std::uint32_t offset = 0;
  };
  std::string symbol; ///< "stream.012_LceBconv2d.2": where the copy lies.
  std::vector<Part> parts;
  std::uint32_t bytes = 0;  ///< A multiple of kernels::kStreamLine.
  std::uint64_t offset = 0; ///< From the arena's first byte; a multiple of 8.
};

/// A whole network, lowered. The order of everything is fixed by the network and the options.
struct Plan {
  unsigned threads = 1;      ///< That compute.
  std::vector<Layer> layers; ///< One per operator, in order.
  std::vector<WeightBlob> weights;
  std::vector<TensorUse> uses; ///< One per layer.
  Arena arena;
  std::vector<Stream> streams;    ///< In the order of their use.
  std::uint64_t streamBytes = 0;  ///< That they need behind the arena.
  std::uint32_t scratchBytes = 0; ///< Per computing thread.

  /// The computing threads, then the copying one where there are streams.
  unsigned teamThreads() const { return threads + (streams.empty() ? 0 : 1); }
  std::uint64_t weightBytes() const;         ///< In SRAM.
  std::uint64_t externalWeightBytes() const; ///< In external memory.
  std::uint64_t scratchBytesOfAll() const { return std::uint64_t{scratchBytes} * threads; }
  /// Of the threads besides the first, whose stack the linker places.
  std::uint64_t teamStackBytes() const {
    return std::uint64_t{kernels::kTeamStackBytes} * (teamThreads() - 1);
  }
};

/// "004_LceBMaxPool2d", with ".2" for the second call or step of a layer: the end of their symbols.
std::string numberedName(const Layer &layer, std::size_t index);

/// "tensor.12": a tensor of the arena.
std::string tensorSymbol(std::int32_t tensor);

/// "weights.002.filter": the part "filter" of the weights of operator 2.
std::string weightSymbol(std::int32_t operatorIndex, std::string_view part);

} // namespace xs3::compiler
