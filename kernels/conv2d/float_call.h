// CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED in float32: what their kernel conv2d_float reads.
//
// Unit of work: an output element. The sum is taken over the taps inside of the image, in the order
// of the filter, every product and every sum rounded; then come bias and clamp: the reference's
// bits. A dense layer is the convolution of 1x1 images. Steps are bytes.
#pragma once

#include "kernels/call.h"
#include "kernels/conv2d/reference.h"
#include "kernels/depthwise_conv2d/reference.h"
#include "kernels/fully_connected/reference.h"

#include <span>

namespace xs3::kernels {

struct Conv2dFloatArguments {
  Word input, output, filter, bias;
  Word low, high; ///< float32: clamp.
  Word channels;  ///< Output channels.
  Word outputHeight, outputWidth;
  Word inputHeight, inputWidth;
  Word strideHeight, strideWidth;
  Word top, left; ///< How far the first window hangs over the border.
  Word tapRows, tapColumns;
  Word dilationHeight, dilationWidth;
  Word depth;                               ///< Elements of a tap that go into one output.
  Word pixelBytes, rowBytes, imageBytes;    ///< Of the input.
  Word tapStep, tapRowStep;                 ///< Of the input, from tap to tap.
  Word filterChannel, filterRow, filterTap; ///< Steps of the filter.
  Word outputsPerSource;                    ///< Outputs that read the same input channels.
  Word sourceStep;                          ///< From these input channels to the next.
  Word solid; ///< 1: a window row is one piece of memory, in the input and in the filter.

  static constexpr std::array<std::string_view, 31> kNames = {"input",
                                                              "output",
                                                              "filter",
                                                              "bias",
                                                              "low",
                                                              "high",
                                                              "channels",
                                                              "outputHeight",
                                                              "outputWidth",
                                                              "inputHeight",
                                                              "inputWidth",
                                                              "strideHeight",
                                                              "strideWidth",
                                                              "top",
                                                              "left",
                                                              "tapRows",
                                                              "tapColumns",
                                                              "dilationHeight",
                                                              "dilationWidth",
                                                              "depth",
                                                              "pixelBytes",
                                                              "rowBytes",
                                                              "imageBytes",
                                                              "tapStep",
                                                              "tapRowStep",
                                                              "filterChannel",
                                                              "filterRow",
                                                              "filterTap",
                                                              "outputsPerSource",
                                                              "sourceStep",
                                                              "solid"};
};

/// `bias` may be empty.
PackedCall packConv2dFloat(const Conv2dParameters &parameters, FloatRange range,
                           std::span<const float> filter, std::span<const float> bias);
PackedCall packDepthwiseConv2dFloat(const DepthwiseConv2dParameters &parameters, FloatRange range,
                                    std::span<const float> filter, std::span<const float> bias);
PackedCall packFullyConnectedFloat(const FullyConnectedParameters &parameters, FloatRange range,
                                   std::span<const float> filter, std::span<const float> bias);

} // namespace xs3::kernels
