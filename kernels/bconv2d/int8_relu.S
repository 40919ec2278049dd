// bconv2d_int8_relu(const Bconv2dArguments *, begin, end, scratch): a not below 0, one factor. See int8.inc and call.h.

.include "kernels/bconv2d/int8.inc"

.macro int8_turn slices
  proven_turn \slices, at_least_zero, 1
.endm

.text
.issue_mode dual
.align 16
.globl bconv2d_int8_relu
.type bconv2d_int8_relu, @function
bconv2d_int8_relu:
  run_kernel int8_turn, proven_setup, 32
.size bconv2d_int8_relu, . - bconv2d_int8_relu
