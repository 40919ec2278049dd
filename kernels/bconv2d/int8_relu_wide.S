// bconv2d_int8_relu_wide(const Bconv2dArguments *, begin, end, scratch): a not below 0, two factors. See int8.inc and call.h.

.include "kernels/bconv2d/int8.inc"

.macro int8_turn slices
  proven_turn \slices, at_least_zero, 2
.endm

.macro int8_loop number, slices, rows, vectors
  proven_loop at_least_zero, 2, \number, \slices, \rows, \vectors
.endm

.text
.issue_mode dual
.align 16
.globl bconv2d_int8_relu_wide
.type bconv2d_int8_relu_wide, @function
bconv2d_int8_relu_wide:
  run_kernel int8_turn, proven_setup, 32, r4, keep_mask
  for_each_loop int8_loop
.size bconv2d_int8_relu_wide, . - bconv2d_int8_relu_wide
