// A Plan as assembly text: main, which calls one layer after the other, and all that it refers to.
#pragma once

#include "kernels/compiler/lower/plan.h"

#include <string>
#include <string_view>

namespace xs3::compiler {

inline constexpr std::string_view kAssemblyFile = "network.S";
inline constexpr std::string_view kNoteFile = "network.json"; ///< The note's bytes, by .incbin.

/// The file below network.S that holds the bytes of a blob: "weights.002.filter.bin".
std::string weightFile(const WeightBlob &blob);

/// "output0", "input1".
std::string inputSymbol(std::size_t position);
std::string outputSymbol(std::size_t position);

/// The program without its run-time and kernels:
///
///   main                    calls the layers in order, returns 0
///   layer.NAME, ..NAME.end  around each layer (cli.md section 3)
///   step.NAME[.2]           the jobs of the threads, a step of a layer each
///   call.NAME[.2]           the argument block of each kernel call
///   copies.NAME[.2]         what the copying thread copies during the step of that name, and
///   fetch.NAME[.2]          what the first one copies before it: source, destination, lines
///   weights.NNN.PART        constants, by .incbin of weightFile()
///   stream.NAME[.2]         copies of those of a step that lie in external memory
///   arena, tensor.N         the arena and the tensors in it
///   input0.. output0..      the network's tensors
///   team, scratch, stacks, mailbox
///                           the threads and their working memory (kernels/runtime/parallel.h)
///   .xs3.network            the note, by .incbin of kNoteFile
std::string emitAssembly(const Network &network, const Plan &plan);

} // namespace xs3::compiler
