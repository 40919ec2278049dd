// add_int8_vector_clamped(const AddVectorArguments * behind BroadcastArguments, begin, end, scratch): any weights and
// any range. See vector.inc and call.h.

.include "kernels/add/vector.inc"

.text
.issue_mode dual
.align 16
.globl add_int8_vector_clamped
.type add_int8_vector_clamped, @function
add_int8_vector_clamped:
  sum_kernel sum_by_halves, clamp_sum
.size add_int8_vector_clamped, . - add_int8_vector_clamped
