// depthwise_conv2d_int8_vector_clamped(const DepthwiseConv2dVectorArguments *, begin, end, scratch): outputs with a
// range of their own. See vector.inc and call.h.

.include "kernels/depthwise_conv2d/vector.inc"

.text
.issue_mode dual
.align 16
.globl depthwise_conv2d_int8_vector_clamped
.type depthwise_conv2d_int8_vector_clamped, @function
depthwise_conv2d_int8_vector_clamped:
  vector_kernel clamp_scaled
.size depthwise_conv2d_int8_vector_clamped, . - depthwise_conv2d_int8_vector_clamped
