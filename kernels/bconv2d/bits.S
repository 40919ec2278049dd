// LceBconv2d with packed output: bconv2d_bits(const Bconv2dArguments *, begin, end, scratch). See call.h.
//
// 32 channels a turn. The start values put the threshold into the ring, so that its signs are the result: those of the
// first 16 channels go to the lower half of the output word. One more turn of the ring moves the signs of the second 16
// to the upper half of vR's first word, from where they are stored.
//
//   r1 weights   r2 window   r3 output   r4 32   r5, r6 byte masks   r7 slices left   r8 groups left
//   r9 slices - 1   r10 window   r11 start values

.include "kernels/bconv2d/ring.inc"

.text
.issue_mode dual
.align 16
.globl bconv2d_bits
.type bconv2d_bits, @function
bconv2d_bits:
  dualentsp frame
  window_begin .Ldone
  ldc r11, 0x100                        // 16-bit mode
  { ; vsetc r11 }
.Lpixel:
  binary_window
  { ldc r4, window.bytes ; ldw r0, sp[frame.arguments] }
  binary_starts
  { add r4, r0, r4 ; ldw r1, r0[arguments.weights] }
  { ldc r4, 32 ; ldw r9, r4[slices] }
  { sub r9, r9, 1 ; ldw r8, r0[arguments.groups] }
  { ; ldw r3, sp[frame.output] }
  { mkmsk r5, 2 ; ldc r6, 12 }
.align 16
.Lgroup:
  { add r11, r11, r4 ; vldr r11[0] }
  { mov r2, r10 ; mov r7, r9 }
  ring_slices
  { mov r2, r10 ; vdepth1 }
  vstrpv r3[0], r5
  { add r11, r11, r4 ; vldr r11[0] }
  { mov r7, r9 ; }
  ring_slices
  { sub r8, r8, 1 ; vdepth1 }
  { ; vlmaccr1 r10[0] }
  vstrpv r3[0], r6
  { add r3, r3, 4 ; bt r8, .Lgroup }
  window_next .Lpixel
.Ldone:
  window_return
.size bconv2d_bits, . - bconv2d_bits
