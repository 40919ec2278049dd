// conv2d_int8_vector_relu(const Conv2dVectorArguments *, begin, end, scratch): outputs end above -128 and at 127. See
// vector.inc and call.h.

.include "kernels/conv2d/vector.inc"

.text
.issue_mode dual
.align 16
.globl conv2d_int8_vector_relu
.type conv2d_int8_vector_relu, @function
conv2d_int8_vector_relu:
  vector_kernel 2
.size conv2d_int8_vector_relu, . - conv2d_int8_vector_relu
