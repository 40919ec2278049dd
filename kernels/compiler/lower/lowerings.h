// How each form of an operator becomes kernel calls: the functions of the kernel table.
#pragma once

namespace xs3::compiler {

class LayerBuilder;

// Binary operators (lower_binary.cpp).
void lowerLceQuantizeInt8(LayerBuilder &layer);
void lowerLceQuantizeFloat(LayerBuilder &layer);
void lowerLceQuantizeBool(LayerBuilder &layer);
void lowerLceDequantizeInt8(LayerBuilder &layer);
void lowerLceDequantizeFloat(LayerBuilder &layer);
void lowerLceDequantizeBool(LayerBuilder &layer);
void lowerBconv2dBits(LayerBuilder &layer);
void lowerBconv2dFloat(LayerBuilder &layer);
void lowerBconv2dInt8(LayerBuilder &layer);
void lowerBMaxPool2d(LayerBuilder &layer);

// Operators with int8 weights (lower_weighted.cpp).
void lowerConv2dInt8(LayerBuilder &layer);
void lowerDepthwiseConv2dInt8(LayerBuilder &layer);
void lowerFullyConnectedInt8(LayerBuilder &layer);

// Operators without weights (lower_elementwise.cpp).
void lowerReshape(LayerBuilder &layer);
void lowerQuantizeFloat(LayerBuilder &layer);
void lowerRequantize(LayerBuilder &layer);
void lowerSoftmaxInt8(LayerBuilder &layer);
void lowerReluInt8(LayerBuilder &layer);
void lowerReluN1To1Int8(LayerBuilder &layer);
void lowerRelu6Int8(LayerBuilder &layer);
void lowerLogisticInt8(LayerBuilder &layer);
void lowerDequantizeInt8(LayerBuilder &layer);

// Operators in float32 (lower_float.cpp).
void lowerAddFloat(LayerBuilder &layer);
void lowerSubFloat(LayerBuilder &layer);
void lowerMulFloat(LayerBuilder &layer);
void lowerPreluFloat(LayerBuilder &layer);
void lowerConv2dFloat(LayerBuilder &layer);
void lowerDepthwiseConv2dFloat(LayerBuilder &layer);
void lowerFullyConnectedFloat(LayerBuilder &layer);
void lowerMaxPool2dFloat(LayerBuilder &layer);
void lowerAveragePool2dFloat(LayerBuilder &layer);
void lowerMeanFloat(LayerBuilder &layer);
void lowerReluFloat(LayerBuilder &layer);
void lowerReluN1To1Float(LayerBuilder &layer);
void lowerRelu6Float(LayerBuilder &layer);
void lowerSoftmaxFloat(LayerBuilder &layer);
void lowerLogisticFloat(LayerBuilder &layer);

// Operators that only move bytes (lower_movers.cpp).
void lowerConcatenation(LayerBuilder &layer);
void lowerPad(LayerBuilder &layer);

// Operators on two tensors (lower_arithmetic.cpp).
void lowerAddInt8(LayerBuilder &layer);
void lowerSubInt8(LayerBuilder &layer);
void lowerMulInt8(LayerBuilder &layer);

// Operators that make fewer values of many (lower_reductions.cpp).
void lowerMaxPool2dInt8(LayerBuilder &layer);
void lowerAveragePool2dInt8(LayerBuilder &layer);
void lowerMeanInt8(LayerBuilder &layer);

} // namespace xs3::compiler
