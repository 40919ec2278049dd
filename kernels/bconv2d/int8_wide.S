// bconv2d_int8_wide(const Bconv2dArguments *, begin, end, scratch): any sign of a, two factors. See int8.inc and call.h.

.include "kernels/bconv2d/int8.inc"

.macro int8_turn slices
  proven_turn \slices, any_sign, 2
.endm

.text
.issue_mode dual
.align 16
.globl bconv2d_int8_wide
.type bconv2d_int8_wide, @function
bconv2d_int8_wide:
  run_kernel int8_turn, proven_setup, 32
.size bconv2d_int8_wide, . - bconv2d_int8_wide
