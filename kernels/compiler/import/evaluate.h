// Runs a Network with the scalar reference operators: what the compiled program is verified
// against.
#pragma once

#include "kernels/compiler/import/network.h"

#include <span>
#include <vector>

namespace xs3::compiler {

/// The bytes of every tensor, by tensor index, for one set of inputs (in the order of
/// network.inputs, each of the tensor's size). Tensors that nothing computes are empty; constants
/// are filled in. Throws Error for an input of the wrong size and for an operator of
/// OperatorKind::Unknown.
std::vector<Bytes> evaluate(const Network &network, std::span<const Bytes> inputs);

/// Computes one operator's outputs from `values`, which holds the bytes of its inputs.
void evaluateOperator(const Network &network, const Operator &op, std::vector<Bytes> &values);

} // namespace xs3::compiler
