// add_int8_vector_wide(const AddVectorArguments * behind BroadcastArguments, begin, end, scratch): any weights. See
// vector.inc and call.h.

.include "kernels/add/vector.inc"

.text
.issue_mode dual
.align 16
.globl add_int8_vector_wide
.type add_int8_vector_wide, @function
add_int8_vector_wide:
  sum_kernel sum_by_halves, any_sum
.size add_int8_vector_wide, . - add_int8_vector_wide
