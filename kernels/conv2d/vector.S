// conv2d_int8_vector(const Conv2dVectorArguments *, begin, end, scratch): accumulators of any sign are rounded alike. See
// vector.inc and call.h.

.include "kernels/conv2d/vector.inc"

.text
.issue_mode dual
.align 16
.globl conv2d_int8_vector
.type conv2d_int8_vector, @function
conv2d_int8_vector:
  vector_kernel 0
.size conv2d_int8_vector, . - conv2d_int8_vector
