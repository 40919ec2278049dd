// Shapes that a converted network computes although they are fixed.
#pragma once

#include "kernels/compiler/import/model_file.h"

namespace xs3::compiler {

/// Converters write a reshape with open batch as SHAPE -> STRIDED_SLICE -> PACK -> RESHAPE. With
/// fixed shapes these are constants: computes the output of a SHAPE, STRIDED_SLICE or PACK and
/// stores it as its tensor's constant. Throws Error when an input is not known, or in a form that
/// no converter writes there.
void foldShapeOperator(Network &network, const Operator &op, const tflite::Operator &stored,
                       const Place &place);

} // namespace xs3::compiler
