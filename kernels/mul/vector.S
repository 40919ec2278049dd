// mul_int8_vector(const MulVectorArguments * behind BroadcastArguments, begin, end, scratch): outputs of any int8
// value. See vector.inc and call.h.

.include "kernels/mul/vector.inc"

.text
.issue_mode dual
.align 16
.globl mul_int8_vector
.type mul_int8_vector, @function
mul_int8_vector:
  product_kernel any_result
.size mul_int8_vector, . - mul_int8_vector
