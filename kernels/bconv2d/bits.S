// LceBconv2d with packed output: bconv2d_bits(const Bconv2dArguments *, begin, end, scratch). See call.h.
//
// 32 channels a turn. The start values put the threshold into the ring, so that its signs are the result: those of the
// first 16 channels go to the lower half of the output word. One more turn of the ring moves the signs of the second 16
// to the upper half of vR's first word, from where they are stored.
//
//   r5, r6 byte masks of the lower and the upper half   the others: see runs.inc

.include "kernels/bconv2d/runs.inc"

.macro bits_turn slices
  .ifeq \slices
.Lturn\@:
  { add r11, r11, r4 ; vldr r11[0] }
  slices_any
  { mov r2, r10 ; vdepth1 }
  { add r3, r3, 4 ; }
  vstrpv r3[0], r5
  { add r11, r11, r4 ; vldr r11[0] }
  slices_any
  { mov r2, r10 ; vdepth1 }
  { sub r8, r8, 1 ; vlmaccr1 r10[0] }
  vstrpv r3[0], r6
  { ; bt r8, .Lturn\@ }
  .else
.align 16
.Lturn\@:
  { add r11, r11, r4 ; vldr r11[0] }
  slices_then \slices, "add r3, r3, 4"
  { mov r2, r10 ; vdepth1 }
  vstrpv r3[0], r5
  { add r11, r11, r4 ; vldr r11[0] }
  slices_then \slices, "sub r8, r8, 1"
  { mov r2, r10 ; vdepth1 }
  { ; vlmaccr1 r10[0] }
  vstrpv r3[0], r6
  { ; bt r8, .Lturn\@ }
  .endif
.endm

.macro bits_setup
  { mkmsk r5, 2 ; ldc r6, 12 }
.endm

.text
.issue_mode dual
.align 16
.globl bconv2d_bits
.type bconv2d_bits, @function
bconv2d_bits:
  run_kernel bits_turn, bits_setup, 4
.size bconv2d_bits, . - bconv2d_bits
