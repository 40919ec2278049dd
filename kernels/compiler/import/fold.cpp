#include "kernels/compiler/import/fold.h"

#include <cstring>

namespace xs3::compiler {
namespace {

using Values = std::vector<std::int32_t>;

Values known(const Network &network, const Operator &op, std::size_t position, const Place &place) {
  const Tensor *tensor = network.input(op, position);
  if (!tensor || !tensor->isConstant() || tensor->type != ElementType::Int32 ||
      tensor->shape.size() > 1)
    place.fail("input " + std::to_string(position) +
               " is no known list of int32; it is supported only to compute the shape of a "
               "RESHAPE");
  return constantValues<std::int32_t>(*tensor);
}

/// One element of a list: begin, end and stride are lists of one, in which masks may say "from the
/// start" and so on.
Values slice(const Network &network, const Operator &op, const tflite::Operator &stored,
             const Place &place) {
  const auto *options = stored.builtin_options_as<tflite::StridedSliceOptions>();
  const Values list = known(network, op, 0, place);
  const Values begins = known(network, op, 1, place), ends = known(network, op, 2, place),
               strides = known(network, op, 3, place);
  const bool plain = options && begins.size() == 1 && ends.size() == 1 && strides.size() == 1 &&
                     strides[0] == 1 && options->ellipsis_mask() == 0 &&
                     options->new_axis_mask() == 0;
  if (!plain)
    place.fail(
        "only a slice with step 1 of a list is supported, to compute the shape of a RESHAPE");
  const std::int64_t size = static_cast<std::int64_t>(list.size());
  const auto counted = [&](std::int64_t place) { return place < 0 ? place + size : place; };
  const std::int64_t begin = options->begin_mask() & 1 ? 0 : counted(begins[0]);
  const std::int64_t end = options->shrink_axis_mask() & 1 ? begin + 1
                           : options->end_mask() & 1       ? size
                                                           : counted(ends[0]);
  if (begin < 0 || begin >= end || end > size)
    place.fail("its slice " + std::to_string(begin) + " .. " + std::to_string(end) +
               " lies outside of a list of " + std::to_string(size));
  return {list.begin() + begin, list.begin() + end};
}

Values pack(const Network &network, const Operator &op, const Place &place) {
  Values packed;
  for (std::size_t i = 0; i < op.inputs.size(); ++i) {
    const Values part = known(network, op, i, place);
    if (part.size() != 1)
      place.fail("input " + std::to_string(i) +
                 " is no single number; it is supported only to "
                 "compute the shape of a RESHAPE");
    packed.push_back(part[0]);
  }
  return packed;
}

} // namespace

void foldShapeOperator(Network &network, const Operator &op, const tflite::Operator &stored,
                       const Place &place) {
  Tensor &output = network.tensors[static_cast<std::size_t>(op.outputs.front())];
  const Values values = op.kind == OperatorKind::Shape  ? network.input(op, 0)->shape
                        : op.kind == OperatorKind::Pack ? pack(network, op, place)
                                                        : slice(network, op, stored, place);
  if (output.type != ElementType::Int32 || output.elements() != values.size())
    place.fail("its output is " + describe(output) + ", but it makes " +
               std::to_string(values.size()) + " numbers of int32");
  output.constant.resize(output.bytes());
  std::memcpy(output.constant.data(), values.data(), output.constant.size());
}

} // namespace xs3::compiler
