// bconv2d_int8_relu(const Bconv2dArguments *, begin, end, scratch): a not below 0, one factor. See int8.inc and call.h.

.include "kernels/bconv2d/int8.inc"

.macro int8_turn slices
  proven_turn \slices, at_least_zero, 1
.endm

.macro int8_loop number, slices, rows, vectors
  proven_loop at_least_zero, 1, \number, \slices, \rows, \vectors
.endm

.text
.issue_mode dual
.align 16
.globl bconv2d_int8_relu
.type bconv2d_int8_relu, @function
bconv2d_int8_relu:
  run_kernel int8_turn, proven_setup, 32, r4, keep_mask
  for_each_loop int8_loop
.size bconv2d_int8_relu, . - bconv2d_int8_relu
