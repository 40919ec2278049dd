// bconv2d_int8_wide(const Bconv2dArguments *, begin, end, scratch): any sign of a, two factors. See int8.inc and call.h.

.include "kernels/bconv2d/int8.inc"

.macro int8_turn slices
  proven_turn \slices, any_sign, 2
.endm

.macro int8_loop number, slices, rows, vectors
  proven_loop any_sign, 2, \number, \slices, \rows, \vectors
.endm

.text
.issue_mode dual
.align 16
.globl bconv2d_int8_wide
.type bconv2d_int8_wide, @function
bconv2d_int8_wide:
  run_kernel int8_turn, proven_setup, 32, r4, keep_mask
  for_each_loop int8_loop
.size bconv2d_int8_wide, . - bconv2d_int8_wide
