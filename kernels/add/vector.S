// add_int8_vector(const AddVectorArguments * behind BroadcastArguments, begin, end, scratch): weights that are
// products. See vector.inc and call.h.

.include "kernels/add/vector.inc"

.text
.issue_mode dual
.align 16
.globl add_int8_vector
.type add_int8_vector, @function
add_int8_vector:
  sum_kernel sum_of_products, any_sum
.size add_int8_vector, . - add_int8_vector
