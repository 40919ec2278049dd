#include "tests/kernels/model_faults.h"

#include "tests/kernels/model_files.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace xs3::test {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

/// A constant of int32 that operators read: its tensor's number.
std::int32_t addConstant(tflite::ModelT &m, const std::vector<std::int32_t> &values) {
  auto made = std::make_unique<tflite::TensorT>();
  made->type = tflite::TensorType::INT32;
  made->shape = {static_cast<std::int32_t>(values.size())};
  made->buffer = static_cast<std::uint32_t>(m.buffers.size());
  m.buffers.push_back(std::make_unique<tflite::BufferT>());
  m.buffers.back()->data.resize(values.size() * sizeof(std::int32_t));
  std::memcpy(m.buffers.back()->data.data(), values.data(), m.buffers.back()->data.size());
  graph(m).tensors.push_back(std::move(made));
  return static_cast<std::int32_t>(graph(m).tensors.size()) - 1;
}

/// Makes an operator one of another kind.
void become(tflite::ModelT &m, tflite::OperatorT &op, tflite::BuiltinOperator builtin) {
  auto code = std::make_unique<tflite::OperatorCodeT>();
  code->builtin_code = builtin;
  op.opcode_index = static_cast<std::uint32_t>(m.operator_codes.size());
  m.operator_codes.push_back(std::move(code));
  op.builtin_options.Reset();
  op.custom_options.clear();
}

void setBatch(tflite::ModelT &m, std::int32_t batch) {
  for (auto &tensor : graph(m).tensors)
    if (m.buffers[tensor->buffer]->data.empty() && !tensor->shape.empty()) {
      tensor->shape[0] = batch;
      tensor->shape_signature.clear();
    }
}

const ModelFault kImportFaults[] = {
    {"Version", [](tflite::ModelT &m) { m.version = 2; }, "schema version 2 is not supported"},
    {"TwoGraphs",
     [](tflite::ModelT &m) { m.subgraphs.push_back(std::make_unique<tflite::SubGraphT>()); },
     "it holds 2 graphs"},
    {"NoGraph", [](tflite::ModelT &m) { m.subgraphs.clear(); }, "it holds 0 graphs"},
    {"NoOperators", [](tflite::ModelT &m) { graph(m).operators.clear(); },
     "the network has no operators"},
    {"NoInputs", [](tflite::ModelT &m) { graph(m).inputs.clear(); }, "the network has no inputs"},
    {"NoOutputs", [](tflite::ModelT &m) { graph(m).outputs.clear(); },
     "the network has no outputs"},
    {"InputIndex", [](tflite::ModelT &m) { graph(m).inputs = {9999}; },
     "an input of the network is tensor 9999"},
    {"OutputIndex", [](tflite::ModelT &m) { graph(m).outputs = {-1}; },
     "an output of the network is tensor -1"},
    {"InputTwice", [](tflite::ModelT &m) { graph(m).inputs.push_back(graph(m).inputs[0]); },
     "listed twice"},
    {"OutputNotComputed", [](tflite::ModelT &m) { graph(m).outputs = graph(m).inputs; },
     "but no operator computes it"},
    {"OpcodeIndex", [](tflite::ModelT &m) { op(m, 2).opcode_index = 77; },
     "operator 2: its code is number 77, but the file has"},
    {"TensorIndex", [](tflite::ModelT &m) { op(m, 2).inputs[0] = 4711; },
     "operator 2 (LceBconv2d): input 0 is tensor 4711"},
    {"NegativeTensorIndex", [](tflite::ModelT &m) { op(m, 2).inputs[0] = -2; },
     "operator 2 (LceBconv2d): input 0 is tensor -2"},
    {"OutputTensorIndex", [](tflite::ModelT &m) { op(m, 1).outputs[0] = -1; },
     "operator 1 (LceQuantize): output 0 is tensor -1"},
    {"BufferIndex", [](tflite::ModelT &m) { inputOf(m, 2, 1).buffer = 5000; },
     "it points at buffer 5000, but the file has"},
    {"Cycle", [](tflite::ModelT &m) { op(m, 3).inputs[0] = op(m, 4).outputs[0]; },
     "operator 3 (LceBconv2d): it reads tensor"},
    {"SelfCycle", [](tflite::ModelT &m) { op(m, 1).inputs[0] = op(m, 1).outputs[0]; },
     "which no operator before it computes"},
    {"WrittenTwice", [](tflite::ModelT &m) { op(m, 3).outputs = op(m, 2).outputs; },
     "computed by an operator before it"},
    {"WritesAConstant", [](tflite::ModelT &m) { op(m, 3).outputs[0] = op(m, 2).inputs[1]; },
     "which is constant"},
    {"TwoOutputs",
     [](tflite::ModelT &m) {
       graph(m).tensors.push_back(std::make_unique<tflite::TensorT>(outputOf(m, 9)));
       op(m, 9).outputs.push_back(static_cast<int>(graph(m).tensors.size()) - 1);
     },
     "operator 9 (SOFTMAX): it has 2 outputs in place of one"},
    {"NoOutput", [](tflite::ModelT &m) { op(m, 9).outputs.clear(); }, "it has 0 outputs"},
    {"TooFewInputs", [](tflite::ModelT &m) { op(m, 8).inputs.resize(1); },
     "operator 8 (FULLY_CONNECTED): it has 1 inputs"},
    {"TooManyInputs", [](tflite::ModelT &m) { op(m, 9).inputs.assign(3, op(m, 9).inputs[0]); },
     "operator 9 (SOFTMAX): it has 3 inputs"},
    {"AbsentInput", [](tflite::ModelT &m) { op(m, 8).inputs[1] = -1; },
     "operator 8 (FULLY_CONNECTED): its input 1 is absent"},
    {"AbsentThreshold", [](tflite::ModelT &m) { op(m, 2).inputs[4] = -1; },
     "operator 2 (LceBconv2d): its threshold (input 4) is absent"},
    {"AbsentMultiplier", [](tflite::ModelT &m) { op(m, 5).inputs[2] = -1; },
     "operator 5 (LceBconv2d): its multiplier (input 2) is absent"},
    {"ComputedFilter", [](tflite::ModelT &m) { op(m, 8).inputs[1] = op(m, 8).inputs[0]; },
     "its filter (tensor \""},

    {"ZeroDimension", [](tflite::ModelT &m) { outputOf(m, 0).shape[1] = 0; },
     "dimension 1 of its shape is 0; a tensor without elements"},
    {"DynamicDimension", [](tflite::ModelT &m) { outputOf(m, 0).shape[1] = -1; },
     "so it is dynamic"},
    {"DynamicSignature",
     [](tflite::ModelT &m) { tensorAt(m, graph(m).inputs[0]).shape_signature = {1, -1, 8, 1}; },
     "dimension 1 of its shape is dynamic"},
    {"HugeShape", [](tflite::ModelT &m) { outputOf(m, 0).shape = {1, 65536, 65536, 2147483647}; },
     "its shape makes more than 128 MiB"},
    {"OverflowingShape", [](tflite::ModelT &m) { outputOf(m, 0).shape.assign(8, 2147483647); },
     "its shape makes more than 128 MiB"},
    {"NineDimensions", [](tflite::ModelT &m) { outputOf(m, 0).shape.assign(9, 1); },
     "it has 9 dimensions"},
    {"BufferTooShort",
     [](tflite::ModelT &m) { m.buffers[inputOf(m, 2, 1).buffer]->data.pop_back(); },
     "its buffer holds"},
    {"BufferTooLong", [](tflite::ModelT &m) { inputOf(m, 2, 1).shape[0] = 32; },
     "its buffer holds 2304 bytes, but int32 32x3x3x1 takes 1152"},
    {"TextTensor", [](tflite::ModelT &m) { outputOf(m, 0).type = tflite::TensorType::STRING; },
     "its element type (STRING) is not supported"},
    {"UnknownType",
     [](tflite::ModelT &m) { outputOf(m, 0).type = static_cast<tflite::TensorType>(99); },
     "its element type (number 99) is not supported"},
    {"Variable", [](tflite::ModelT &m) { outputOf(m, 0).is_variable = true; }, "it is a variable"},
    {"Sparse",
     [](tflite::ModelT &m) {
       outputOf(m, 0).sparsity = std::make_unique<tflite::SparsityParametersT>();
     },
     "it is stored in sparse form"},
    {"OutsideBuffer", [](tflite::ModelT &m) { m.buffers[inputOf(m, 2, 1).buffer]->offset = 4096; },
     "its content lies outside of the file's tables"},
    {"TooManyConstants",
     [](tflite::ModelT &m) {
       auto big = std::make_unique<tflite::TensorT>();
       big->type = tflite::TensorType::INT8;
       big->shape = {1 << 20};
       big->buffer = static_cast<std::uint32_t>(m.buffers.size());
       m.buffers.push_back(std::make_unique<tflite::BufferT>());
       m.buffers.back()->data.resize(1 << 20);
       for (int i = 0; i < 200; ++i) // all share one buffer
         graph(m).tensors.push_back(std::make_unique<tflite::TensorT>(*big));
     },
     "the constants up to this one take more than 128 MiB"},

    {"ScaleZero", [](tflite::ModelT &m) { outputOf(m, 0).quantization->scale = {0}; },
     "quantization scale 0 is 0.000000"},
    {"ScaleNegative", [](tflite::ModelT &m) { outputOf(m, 0).quantization->scale = {-1}; },
     "a scale must be finite and greater than 0"},
    {"ScaleNan", [](tflite::ModelT &m) { outputOf(m, 0).quantization->scale = {kNan}; },
     "quantization scale 0 is nan"},
    {"ScaleInfinite", [](tflite::ModelT &m) { outputOf(m, 0).quantization->scale = {kInfinity}; },
     "quantization scale 0 is inf"},
    {"ZeroPoint", [](tflite::ModelT &m) { outputOf(m, 0).quantization->zero_point = {128}; },
     "zero point 128 is outside of the range of int8"},
    {"HugeZeroPoint",
     [](tflite::ModelT &m) {
       outputOf(m, 0).quantization->zero_point = {std::numeric_limits<std::int64_t>::min()};
     },
     "is outside of the range of int8"},
    {"ZeroPointCount", [](tflite::ModelT &m) { outputOf(m, 0).quantization->zero_point = {0, 0}; },
     "it has 1 quantization scales, but 2 zero points"},
    {"ScaleCount", [](tflite::ModelT &m) { inputOf(m, 0, 1).quantization->scale.pop_back(); },
     "it has 31 quantization scales along dimension 0"},
    {"ScaleAxis", [](tflite::ModelT &m) { inputOf(m, 0, 1).quantization->quantized_dimension = 4; },
     "along dimension 4, which the tensor does not have"},
    {"NegativeScaleAxis",
     [](tflite::ModelT &m) { inputOf(m, 0, 1).quantization->quantized_dimension = -1; },
     "along dimension -1, which the tensor does not have"},
    {"FilterZeroPoint", [](tflite::ModelT &m) { inputOf(m, 0, 1).quantization->zero_point[5] = 1; },
     "operator 0 (CONV_2D): the zero points of its filter are not all 0"},
    {"NoQuantization", [](tflite::ModelT &m) { outputOf(m, 0).quantization.reset(); },
     "operator 0 (CONV_2D): its output is int8 without quantization"},
    {"NanMultiplier",
     [](tflite::ModelT &m) {
       auto &data = m.buffers[inputOf(m, 5, 2).buffer]->data;
       data[2] = 0xc0;
       data[3] = 0x7f;
     },
     "its value 0 is nan; constants must be finite"},

    {"StrideZero",
     [](tflite::ModelT &m) { op(m, 0).builtin_options.AsConv2DOptions()->stride_h = 0; },
     "operator 0 (CONV_2D): stride_h is 0; it must lie in 1 .. 32767"},
    {"StrideNegative",
     [](tflite::ModelT &m) { op(m, 0).builtin_options.AsConv2DOptions()->stride_w = -1; },
     "stride_w is -1"},
    {"DilationHuge",
     [](tflite::ModelT &m) {
       op(m, 0).builtin_options.AsConv2DOptions()->dilation_w_factor = 2147483647;
     },
     "dilation_w_factor is 2147483647"},
    {"DilationTooLarge",
     [](tflite::ModelT &m) {
       auto &options = *op(m, 0).builtin_options.AsConv2DOptions();
       options.dilation_h_factor = 100;
       options.padding = tflite::Padding::VALID;
     },
     "its window spans 201 places in height, but its input has 8"},
    {"UnknownPadding",
     [](tflite::ModelT &m) {
       op(m, 0).builtin_options.AsConv2DOptions()->padding = static_cast<tflite::Padding>(2);
     },
     "padding is 2"},
    {"UnknownActivation",
     [](tflite::ModelT &m) {
       op(m, 0).builtin_options.AsConv2DOptions()->fused_activation_function =
           tflite::ActivationFunctionType::TANH;
     },
     "fused_activation_function is 4"},
    {"OtherPadding",
     [](tflite::ModelT &m) {
       op(m, 0).builtin_options.AsConv2DOptions()->padding = tflite::Padding::VALID;
     },
     "operator 0 (CONV_2D): its output is int8 1x8x8x32, but the rest of it asks for 1x6x6x32"},
    {"NoOptions", [](tflite::ModelT &m) { op(m, 0).builtin_options.Reset(); },
     "it has no options of its kind"},
    {"OptionsOfAnotherKind",
     [](tflite::ModelT &m) { op(m, 0).builtin_options.Set(tflite::SoftmaxOptionsT()); },
     "it has no options of its kind"},
    {"Beta", [](tflite::ModelT &m) { op(m, 9).builtin_options.AsSoftmaxOptions()->beta = kNan; },
     "operator 9 (SOFTMAX): beta is nan"},
    {"ShuffledWeights",
     [](tflite::ModelT &m) {
       op(m, 8).builtin_options.AsFullyConnectedOptions()->weights_format = 1;
     },
     "its weights are in a shuffled format"},

    {"NoCustomOptions", [](tflite::ModelT &m) { op(m, 2).custom_options.clear(); },
     "operator 2 (LceBconv2d): its options are damaged"},
    {"CutCustomOptions",
     [](tflite::ModelT &m) { op(m, 2).custom_options.erase(op(m, 2).custom_options.begin()); },
     "operator 2 (LceBconv2d): its options are damaged"},
    {"OtherOptionsFormat", [](tflite::ModelT &m) { op(m, 2).custom_options_format = 1; },
     "its options are not in the FlexBuffers format"},
    {"CustomStrideZero", [](tflite::ModelT &m) { setOption(op(m, 2), "stride_width", 0); },
     "operator 2 (LceBconv2d): stride_width is 0"},
    {"CustomStrideHuge",
     [](tflite::ModelT &m) { setOption(op(m, 2), "stride_width", std::int64_t{1} << 40); },
     "stride_width is 1099511627776"},
    {"PadValues", [](tflite::ModelT &m) { setOption(op(m, 2), "pad_values", 2); },
     "pad_values is 2"},
    {"ChannelsIn", [](tflite::ModelT &m) { setOption(op(m, 3), "channels_in", 65); },
     "operator 3 (LceBconv2d): channels_in is 65, which takes 3 words a pixel"},
    {"UnusedFilterBits", [](tflite::ModelT &m) { setOption(op(m, 3), "channels_in", 40); },
     "of its filter has bits set beyond channel 40"},
    {"MissingOption", [](tflite::ModelT &m) { removeOption(op(m, 2), "padding"); },
     "operator 2 (LceBconv2d): it has no option padding"},
    {"TextOption", [](tflite::ModelT &m) { setTextOption(op(m, 2), "padding", "SAME"); },
     "option padding is a text, as in files of early 2020"},
    {"PoolWindowZero", [](tflite::ModelT &m) { setOption(op(m, 4), "filter_height", 0); },
     "operator 4 (LceBMaxPool2d): filter_height is 0"},

    {"FilterDoesNotDivideInput", [](tflite::ModelT &m) { inputOf(m, 5, 1).shape = {64, 3, 2, 6}; },
     "operator 5 (LceBconv2d): its filter is int32 64x3x2x6"},
    {"FilterNotPacked",
     [](tflite::ModelT &m) {
       inputOf(m, 2, 1).type = tflite::TensorType::FLOAT32;
       auto &data = m.buffers[inputOf(m, 2, 1).buffer]->data;
       std::fill(data.begin(), data.end(), 0);
     },
     "its filter is not packed"},
    {"ConvFilterDepth", [](tflite::ModelT &m) { inputOf(m, 0, 1).shape = {32, 1, 3, 3}; },
     "operator 0 (CONV_2D): its filter is int8 32x1x3x3, which does not fit the input"},
    {"BiasLength",
     [](tflite::ModelT &m) {
       auto &bias = inputOf(m, 8, 2);
       bias.shape = {9};
       bias.quantization.reset();
       m.buffers[bias.buffer]->data.resize(36);
     },
     "its bias is int32 9, but there are 10 output channels"},
    {"ThresholdLength",
     [](tflite::ModelT &m) {
       auto &threshold = inputOf(m, 2, 4);
       threshold.shape = {63};
       m.buffers[threshold.buffer]->data.resize(252);
     },
     "its threshold is int32 63, but the rest of it asks for 64"},
    {"DenseDepth",
     [](tflite::ModelT &m) {
       inputOf(m, 8, 1).shape = {1024, 5};
       inputOf(m, 8, 1).quantization->scale.resize(1);
       inputOf(m, 8, 1).quantization->zero_point.resize(1);
     },
     "whose last dimension does not divide the 512 elements of its input"},
    {"ReshapeElements", [](tflite::ModelT &m) { outputOf(m, 6).shape = {1, 511}; },
     "operator 6 (RESHAPE): its input is float32 1x2x2x128, but its output float32 1x511"},
    {"QuantizeType", [](tflite::ModelT &m) { outputOf(m, 7).type = tflite::TensorType::UINT8; },
     "operator 7 (QUANTIZE): its output is uint8"},
    {"OutputType", [](tflite::ModelT &m) { outputOf(m, 0).type = tflite::TensorType::INT16; },
     "operator 0 (CONV_2D): its output is int16 1x8x8x32; only int8 is supported there"},

    {"OutOfOrder",
     [](tflite::ModelT &m) { std::swap(graph(m).operators[2], graph(m).operators[3]); },
     "operator 2 (LceBconv2d): it reads tensor"},
    {"BatchOfTwo", [](tflite::ModelT &m) { setBatch(m, 2); },
     "an image input of batch 2 (int8 2x8x8x1)"},
    {"BatchOfTwoInTheInputAlone",
     [](tflite::ModelT &m) { tensorAt(m, graph(m).inputs[0]).shape[0] = 2; },
     "operator 0 (CONV_2D): its output is int8 1x8x8x32, but the rest of it asks for 2x8x8x32"},
    {"HugeInput",
     [](tflite::ModelT &m) {
       tensorAt(m, graph(m).inputs[0]).shape = {1, 2147483647, 2147483647, 1};
     },
     "its shape makes more than 128 MiB"},
    {"ComputedShape",
     [](tflite::ModelT &m) { op(m, 6).inputs = {op(m, 6).inputs[0], op(m, 6).inputs[0]}; },
     "operator 6 (RESHAPE): its shape (tensor"},
    {"ComputedAxes",
     [](tflite::ModelT &m) {
       become(m, op(m, 9), tflite::BuiltinOperator::MEAN);
       op(m, 9).inputs.push_back(op(m, 9).inputs[0]);
     },
     "operator 9 (MEAN): its axes (tensor"},
    {"AxisOutside",
     [](tflite::ModelT &m) {
       become(m, op(m, 9), tflite::BuiltinOperator::MEAN);
       op(m, 9).inputs.push_back(addConstant(m, {2}));
     },
     "operator 9 (MEAN): axis 2 is outside of its input of 2 dimensions"},
    {"ComputedPads",
     [](tflite::ModelT &m) {
       become(m, op(m, 9), tflite::BuiltinOperator::PAD);
       op(m, 9).inputs.push_back(op(m, 9).inputs[0]);
       *outputOf(m, 9).quantization = *inputOf(m, 9, 0).quantization;
     },
     "operator 9 (PAD): its table (tensor"},
    {"NegativePads",
     [](tflite::ModelT &m) {
       become(m, op(m, 9), tflite::BuiltinOperator::PAD);
       op(m, 9).inputs.push_back(addConstant(m, {0, 0, -1, 0}));
       inputOf(m, 9, 1).shape = {2, 2};
       *outputOf(m, 9).quantization = *inputOf(m, 9, 0).quantization;
     },
     "operator 9 (PAD): its table pads dimension 1 by -1 and 0"},
    {"ConcatenationAxis",
     [](tflite::ModelT &m) {
       become(m, op(m, 9), tflite::BuiltinOperator::CONCATENATION);
       tflite::ConcatenationOptionsT options;
       options.axis = -3;
       op(m, 9).builtin_options.Set(std::move(options));
     },
     "operator 9 (CONCATENATION): axis -3 is outside of its input of 2 dimensions"},
};

const ModelFault kCompileFaults[] = {
    {"UnknownBuiltin",
     [](tflite::ModelT &m) { become(m, op(m, 9), static_cast<tflite::BuiltinOperator>(9999)); },
     "operator 9, BUILTIN_9999 (output tensor"},
    {"UnsupportedBuiltin",
     [](tflite::ModelT &m) { become(m, op(m, 9), tflite::BuiltinOperator::TANH); },
     "operator 9, TANH (output tensor"},
    {"UnknownCustom",
     [](tflite::ModelT &m) { code(m, tflite::BuiltinOperator::CUSTOM).custom_code = "LceBsign"; },
     "operator 1, LceBsign (output tensor"},
    {"TinyScale",
     [](tflite::ModelT &m) {
       outputOf(m, 7).quantization->scale = {std::numeric_limits<float>::denorm_min()};
     },
     "operator 7, QUANTIZE (output tensor"},
    {"HugeImage",
     [](tflite::ModelT &m) {
       graph(m).operators.resize(1);
       tensorAt(m, graph(m).inputs[0]).shape = {1, 2000, 2000, 1};
       outputOf(m, 0).shape = {1, 2000, 2000, 32};
       graph(m).outputs = {op(m, 0).outputs[0]};
       for (auto &tensor : graph(m).tensors)
         tensor->shape_signature.clear();
     },
     "the network does not fit"},
};

} // namespace

std::span<const ModelFault> importFaults() { return kImportFaults; }
std::span<const ModelFault> compileFaults() { return kCompileFaults; }

compiler::Bytes faulty(const ModelFault &fault) {
  return edited(bytesOf(bundled("digits_bnn/digits_bnn.tflite")), fault.edit);
}

} // namespace xs3::test
