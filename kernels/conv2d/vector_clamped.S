// conv2d_int8_vector_clamped(const Conv2dVectorArguments *, begin, end, scratch): outputs are clamped short of -128 or 127. See
// vector.inc and call.h.

.include "kernels/conv2d/vector.inc"

.text
.issue_mode dual
.align 16
.globl conv2d_int8_vector_clamped
.type conv2d_int8_vector_clamped, @function
conv2d_int8_vector_clamped:
  vector_kernel 2
.size conv2d_int8_vector_clamped, . - conv2d_int8_vector_clamped
