// From an operator of a Network to the parameters of its reference: shapes, windows, scales. The
// lowering asks the same questions.
#pragma once

#include "kernels/bconv2d/reference.h"
#include "kernels/compiler/import/network.h"
#include "kernels/conv2d/reference.h"
#include "kernels/depthwise_conv2d/reference.h"
#include "kernels/fully_connected/reference.h"

namespace xs3::compiler {

/// A tensor of four dimensions as an image.
kernels::Image image(const Tensor &tensor);

/// A packed tensor of four dimensions; its channels are whole words.
kernels::Image packedImage(const Tensor &tensor);

/// The window of a pool over its input.
kernels::Window poolWindow(const Tensor &input, const Pool2dOptions &options);

/// Of operators of that kind.
kernels::Bconv2dParameters bconv2dParameters(const Network &network, const Operator &op);
kernels::Conv2dParameters conv2dParameters(const Network &network, const Operator &op);
kernels::DepthwiseConv2dParameters depthwiseConv2dParameters(const Network &network,
                                                             const Operator &op);
kernels::FullyConnectedParameters fullyConnectedParameters(const Network &network,
                                                           const Operator &op);

/// Of an int8 CONV_2D, DEPTHWISE_CONV_2D or FULLY_CONNECTED.
kernels::Requantization requantization(const Network &network, const Operator &op);

} // namespace xs3::compiler
