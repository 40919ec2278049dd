// conv2d_int8_vector_signed(const Conv2dVectorArguments *, begin, end, scratch): negative accumulators are rounded otherwise. See
// vector.inc and call.h.

.include "kernels/conv2d/vector.inc"

.text
.issue_mode dual
.align 16
.globl conv2d_int8_vector_signed
.type conv2d_int8_vector_signed, @function
conv2d_int8_vector_signed:
  vector_kernel 1
.size conv2d_int8_vector_signed, . - conv2d_int8_vector_signed
