// The result of every layer of a compiled network, taken out of memory when the layer ends: tensors
// share their places over time, so at the end of the run most are gone.
#pragma once

#include "asm/link/network_note.h"
#include "asm/link/program.h"
#include "sim/run/machine.h"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace xs3::profile {

/// Bytes of a tensor of that dtype (numpy's name) and shape. Throws Error for a dtype that a note
/// cannot name.
std::uint64_t tensorBytes(std::string_view dtype, std::span<const std::uint32_t> shape);

/// Watches the ends of a network's layers on one tile.
class TensorCapture final : public sim::Observer {
public:
  /// Watches the labels on `machine`, which must outlive this and have `program` loaded, and adds
  /// itself to its observers. Throws Error naming `programName` when the program lacks a label or a
  /// tensor's symbol that the note names, or the tensor lies outside the memory.
  TensorCapture(sim::Machine &machine, const assembler::NetworkNote &note,
                const assembler::Program &program, const std::string &programName,
                unsigned tile = 0);

  void onWatch(const sim::Machine &machine, unsigned tile, unsigned thread, Address pc) override;

  /// By layer, in the note's order: the bytes of its result; empty where the layer has none or did
  /// not end.
  std::span<const std::vector<std::uint8_t>> results() const { return results_; }

private:
  struct Place {
    std::size_t layer;
    Address address;
    std::uint32_t bytes;
  };

  unsigned tile_;
  std::unordered_map<Address, std::vector<Place>> places_; ///< By the address of the end label.
  std::vector<std::vector<std::uint8_t>> results_;
};

} // namespace xs3::profile
