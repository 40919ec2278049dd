// depthwise_conv2d_int8_vector(const DepthwiseConv2dVectorArguments *, begin, end, scratch): outputs of any int8 value.
// See vector.inc and call.h.

.include "kernels/depthwise_conv2d/vector.inc"

.text
.issue_mode dual
.align 16
.globl depthwise_conv2d_int8_vector
.type depthwise_conv2d_int8_vector, @function
depthwise_conv2d_int8_vector:
  vector_kernel any_result
.size depthwise_conv2d_int8_vector, . - depthwise_conv2d_int8_vector
