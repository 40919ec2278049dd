// mul_int8_vector_clamped(const MulVectorArguments * behind BroadcastArguments, begin, end, scratch): outputs with a
// range of their own. See vector.inc and call.h.

.include "kernels/mul/vector.inc"

.text
.issue_mode dual
.align 16
.globl mul_int8_vector_clamped
.type mul_int8_vector_clamped, @function
mul_int8_vector_clamped:
  product_kernel clamp_scaled
.size mul_int8_vector_clamped, . - mul_int8_vector_clamped
