#include "sim/profile/tensor_capture.h"

#include "base/error.h"

#include <array>
#include <utility>

namespace xs3::profile {

std::uint64_t tensorBytes(std::string_view dtype, std::span<const std::uint32_t> shape) {
  constexpr std::array<std::pair<std::string_view, std::uint32_t>, 8> kBytes = {{{"float32", 4},
                                                                                 {"float16", 2},
                                                                                 {"int32", 4},
                                                                                 {"uint8", 1},
                                                                                 {"int64", 8},
                                                                                 {"bool", 1},
                                                                                 {"int16", 2},
                                                                                 {"int8", 1}}};
  for (const auto &[name, bytes] : kBytes)
    if (name == dtype) {
      std::uint64_t product = bytes;
      for (const std::uint32_t size : shape)
        product *= size;
      return product;
    }
  throw Error("error: the network's note names the element type '" + std::string(dtype) +
              "', which is unknown; compile the network again");
}

TensorCapture::TensorCapture(sim::Machine &machine, const assembler::NetworkNote &note,
                             const assembler::Program &program, const std::string &programName,
                             unsigned tile)
    : tile_(tile), results_(note.layers.size()) {
  const auto addressOf = [&](const std::string &name) {
    const assembler::Symbol *symbol = program.find(name);
    if (!symbol)
      throw Error(programName + ": error: the network's note names '" + name +
                  "', which the program does not define; compile the network again");
    return symbol->value;
  };
  const sim::Memory &memory = machine.tiles()[tile].memory;
  for (std::size_t i = 0; i < note.layers.size(); ++i) {
    const assembler::NetworkLayer &layer = note.layers[i];
    if (layer.outputSymbol.empty())
      continue;
    const std::uint64_t bytes = tensorBytes(layer.outputDtype, layer.outputShape);
    const Address address = addressOf(layer.outputSymbol), end = addressOf(layer.endLabel());
    if (!memory.contains(address, bytes))
      throw Error(programName + ": error: the result of layer " + layer.name +
                  " lies outside the memory; compile the network again");
    places_[end].push_back({i, address, static_cast<std::uint32_t>(bytes)});
    machine.watch(tile, end);
  }
  machine.addObserver(this);
}

void TensorCapture::onWatch(const sim::Machine &machine, unsigned tile, unsigned /*thread*/,
                            Address pc) {
  if (tile != tile_)
    return;
  const auto found = places_.find(pc);
  if (found == places_.end())
    return;
  const sim::Memory &memory = machine.tiles()[tile].memory;
  for (const Place &place : found->second) {
    const std::uint8_t *first = memory.at(place.address);
    results_[place.layer].assign(first, first + place.bytes);
  }
}

} // namespace xs3::profile
