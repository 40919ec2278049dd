#include "kernels/compiler/import/import.h"

#include "kernels/compiler/import/check.h"
#include "kernels/compiler/import/fold.h"
#include "kernels/compiler/import/model_file.h"
#include "kernels/compiler/import/operator_table.h"

#include <algorithm>

namespace xs3::compiler {
namespace {

/// The name of an operator as the file has it: of its builtin number, or its custom code.
std::string operatorName(const tflite::OperatorCode &code) {
  // Files of before 2021 have only the old field, of one byte; later ones both.
  const auto old = static_cast<tflite::BuiltinOperator>(code.deprecated_builtin_code());
  const auto builtin = std::max(old, code.builtin_code());
  if (builtin == tflite::BuiltinOperator::CUSTOM)
    return code.custom_code() ? code.custom_code()->str() : "CUSTOM";
  const std::string name = tflite::EnumNameBuiltinOperator(builtin);
  return name.empty() ? "BUILTIN_" + std::to_string(static_cast<std::int32_t>(builtin)) : name;
}

/// Builds a Network operator by operator; what every step needs to know about the steps before it.
class Reader {
public:
  Reader(const tflite::Model &model, Network &network, const Place &place)
      : model_(model), graph_(*model.subgraphs()->Get(0)), network_(network), place_(place) {}

  void read() {
    network_.tensors = readTensors(model_, graph_, place_);
    for (const Tensor &tensor : network_.tensors)
      known_.push_back(tensor.isConstant());
    readInputs();
    const std::size_t count = entries(graph_.operators());
    if (count == 0)
      place_.fail("the network has no operators");
    for (std::size_t i = 0; i < count; ++i)
      readOperator(i);
    readOutputs();
    wantOneImage();
  }

private:
  std::string nameOf(std::int32_t tensor) const {
    return "tensor " + std::to_string(tensor) + " " + quoted(network_.tensor(tensor).name);
  }

  void wantTensor(std::int32_t index, const std::string &role, const Place &place) const {
    if (index < 0 || static_cast<std::size_t>(index) >= network_.tensors.size())
      place.fail(role + " is tensor " + std::to_string(index) + ", but the file has " +
                 std::to_string(network_.tensors.size()) + " tensors");
  }

  void readInputs() {
    for (const std::int32_t index : elements(graph_.inputs())) {
      wantTensor(index, "an input of the network", place_);
      if (known_[static_cast<std::size_t>(index)])
        place_.fail(nameOf(index) + " is listed as an input of the network, but is constant or "
                                    "listed twice");
      known_[static_cast<std::size_t>(index)] = true;
      network_.inputs.push_back(index);
    }
    if (network_.inputs.empty())
      place_.fail("the network has no inputs");
  }

  void readOutputs() {
    for (const std::int32_t index : elements(graph_.outputs())) {
      wantTensor(index, "an output of the network", place_);
      const auto computes = [index](const Operator &op) {
        return std::find(op.outputs.begin(), op.outputs.end(), index) != op.outputs.end();
      };
      if (std::none_of(network_.operators.begin(), network_.operators.end(), computes))
        place_.fail(nameOf(index) + " is an output of the network, but no operator computes it");
      network_.outputs.push_back(index);
    }
    if (network_.outputs.empty())
      place_.fail("the network has no outputs");
  }

  /// Networks with windows run one image at a time, as a camera gives them; more would be taken for
  /// one silently by whoever feeds and reads the program.
  void wantOneImage() const {
    const auto hasWindow = [](const Operator &op) {
      return std::holds_alternative<Bconv2dOptions>(op.options) ||
             std::holds_alternative<Conv2dOptions>(op.options) ||
             std::holds_alternative<Pool2dOptions>(op.options);
    };
    if (std::none_of(network_.operators.begin(), network_.operators.end(), hasWindow))
      return;
    for (const std::int32_t input : network_.inputs) {
      const Tensor &tensor = network_.tensor(input);
      if (tensor.shape.size() == 4 && tensor.shape[0] != 1)
        place_.fail(nameOf(input) + " is an image input of batch " +
                    std::to_string(tensor.shape[0]) + " (" + describe(tensor) +
                    "); one image at a time is supported: convert the network with batch 1");
    }
  }

  void readOperator(std::size_t index) {
    const tflite::Operator &stored =
        *graph_.operators()->Get(static_cast<flatbuffers::uoffset_t>(index));
    Operator op;
    op.index = static_cast<std::int32_t>(index);
    if (stored.opcode_index() >= entries(model_.operator_codes()))
      place_.inside("operator " + std::to_string(index))
          .fail("its code is number " + std::to_string(stored.opcode_index()) +
                ", but the file has " + std::to_string(entries(model_.operator_codes())));
    op.name = operatorName(*model_.operator_codes()->Get(stored.opcode_index()));
    const OperatorRow *row = findOperator(op.name);
    op.kind = row ? row->kind : OperatorKind::Unknown;

    const Place here = place_.op(op);
    readConnections(op, stored, here);
    if (row)
      wantConnections(op, *row, here);
    op.options = readOptions(stored, op, here);
    if (row && row->folded)
      return foldShapeOperator(network_, op, stored, here);
    checkOperator(network_, op, here);
    network_.operators.push_back(std::move(op));
  }

  /// Inputs and outputs; in the order of execution, so what an operator reads must be known by now.
  void readConnections(Operator &op, const tflite::Operator &stored, const Place &place) {
    for (const std::int32_t index : elements(stored.inputs())) {
      if (index != kAbsent) {
        wantTensor(index, "input " + std::to_string(op.inputs.size()), place);
        if (!known_[static_cast<std::size_t>(index)])
          place.fail("it reads " + nameOf(index) +
                     ", which no operator before it computes; the graph has a cycle or the file "
                     "is damaged");
      }
      op.inputs.push_back(index);
    }
    for (const std::int32_t index : elements(stored.outputs())) {
      wantTensor(index, "output " + std::to_string(op.outputs.size()), place);
      if (known_[static_cast<std::size_t>(index)])
        place.fail("it writes " + nameOf(index) +
                   ", which is constant, an input, or computed by an operator before it");
      known_[static_cast<std::size_t>(index)] = true;
      op.outputs.push_back(index);
    }
  }

  static void wantConnections(Operator &op, const OperatorRow &row, const Place &place) {
    if (op.inputs.size() < row.minInputs || op.inputs.size() > row.maxInputs)
      place.fail("it has " + std::to_string(op.inputs.size()) +
                 " inputs; convert the network again");
    if (op.outputs.size() != 1)
      place.fail("it has " + std::to_string(op.outputs.size()) +
                 " outputs in place of one; convert the network again");
    for (std::size_t i = 0; i < op.inputs.size(); ++i)
      if (op.inputs[i] == kAbsent && (i < row.minInputs || row.maxInputs == kAnyNumber))
        place.fail("its input " + std::to_string(i) + " is absent; convert the network again");
    if (row.maxInputs != kAnyNumber)
      op.inputs.resize(row.maxInputs, kAbsent);
  }

  const tflite::Model &model_;
  const tflite::SubGraph &graph_;
  Network &network_;
  const Place &place_;
  std::vector<bool>
      known_; ///< By tensor: constant, input, or computed by an operator already read.
};

bool isAligned(const std::uint8_t *bytes) {
  return reinterpret_cast<std::uintptr_t>(bytes) % 8 == 0;
}

} // namespace

Network importNetwork(std::span<const std::uint8_t> file, const std::string &name) {
  if (!isAligned(file.data())) {
    const Bytes copy(file.begin(), file.end());
    return importNetwork(copy, name);
  }
  Network network;
  network.fileName = name;
  const Place place(name);
  Reader(openModel(file, place), network, place).read();
  return network;
}

} // namespace xs3::compiler
