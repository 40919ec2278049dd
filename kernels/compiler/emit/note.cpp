#include "kernels/compiler/emit/note.h"

#include "kernels/compiler/emit/assembly.h"

namespace xs3::compiler {
namespace {

std::vector<std::uint32_t> noteShape(const Tensor &tensor) {
  return {tensor.shape.begin(), tensor.shape.end()};
}

assembler::NetworkTensor noteTensor(const Tensor &tensor, std::string symbol) {
  assembler::NetworkTensor note;
  note.name = tensor.name;
  note.symbol = std::move(symbol);
  note.shape = noteShape(tensor);
  note.dtype = elementTypeName(tensor.type);
  if (tensor.quantization && tensor.quantization->perTensor()) {
    note.scale = tensor.quantization->scales.front();
    note.zeroPoint = tensor.quantization->zeroPoints.front();
  }
  return note;
}

assembler::NetworkLayer noteLayer(const Network &network, const Layer &layer) {
  const Operator &op = network.operators[layer.position];
  assembler::NetworkLayer note;
  note.index = static_cast<std::uint32_t>(op.index);
  note.name = layer.name;
  note.operatorName = op.name;
  note.outputShape = noteShape(network.output(op));
  note.outputSymbol = tensorSymbol(op.outputs.front());
  note.outputDtype = elementTypeName(network.output(op).type);
  note.macsBinary = layer.macsBinary;
  note.macsInt8 = layer.macsInt8;
  return note;
}

} // namespace

assembler::NetworkNote networkNote(const Network &network, const Plan &plan) {
  assembler::NetworkNote note;
  note.model = network.fileName.substr(network.fileName.find_last_of('/') + 1);
  note.threads = plan.threads;
  note.copyThreads = plan.teamThreads() - plan.threads;
  for (std::size_t i = 0; i < network.inputs.size(); ++i)
    note.inputs.push_back(noteTensor(network.tensor(network.inputs[i]), inputSymbol(i)));
  for (std::size_t i = 0; i < network.outputs.size(); ++i)
    note.outputs.push_back(noteTensor(network.tensor(network.outputs[i]), outputSymbol(i)));
  for (const Layer &layer : plan.layers)
    note.layers.push_back(noteLayer(network, layer));
  note.memoryMap.weightBytes = plan.weightBytes();
  note.memoryMap.arenaBytes = plan.arena.bytes;
  note.memoryMap.streamBytes = plan.streamBytes;
  note.memoryMap.externalWeightBytes = plan.externalWeightBytes();
  note.memoryMap.externalBytes = plan.externalWeightBytes() + plan.arena.externalBytes;
  note.memoryMap.scratchBytes = plan.scratchBytesOfAll();
  return note;
}

} // namespace xs3::compiler
