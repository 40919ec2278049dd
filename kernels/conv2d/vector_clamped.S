// conv2d_int8_vector_clamped(const Conv2dVectorArguments *, begin, end, scratch): any clamp, any signs. See
// vector.inc and call.h.

.include "kernels/conv2d/vector.inc"

.text
.issue_mode dual
.align 16
.globl conv2d_int8_vector_clamped
.type conv2d_int8_vector_clamped, @function
conv2d_int8_vector_clamped:
  vector_kernel 5
.size conv2d_int8_vector_clamped, . - conv2d_int8_vector_clamped
