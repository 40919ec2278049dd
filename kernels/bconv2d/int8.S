// LceBconv2d with int8 output by proven constants: bconv2d_int8 and bconv2d_int8_relu(const Bconv2dArguments *, begin,
// end, scratch). See call.h.
//
// 32 channels a turn: the odd ones, then the even ones. The ring's low halves end as a = ceil(K/2) - x (RELU: not below
// 0). They become a factor in vC; a 32-bit start value plus a times the channel's factor, shifted and saturated, is
// y * 256 + something in each lane. The odd channels' high bytes then lie where they belong; the even channels' are
// shifted down and stored between them.
//
//   r0 scratch   r1 weights   r2 window   r3 output   r4 32   r5 byte mask   r6 transform   r7 slices left
//   r8 groups left   r9 slices - 1   r10 window   r11 start values

.include "kernels/bconv2d/ring.inc"

.set scratch.lanes, 0

// 16 channels, left in vR. Leaves r2 = start values, to be moved back to r11.
.macro proven_group clamp
  { add r11, r11, r4 ; vldr r11[0] }
  { mov r2, r10 ; mov r7, r9 }
  ring_slices
  \clamp
  { mov r2, r11 ; vstr r0[0] }
  { add r6, r6, r4 ; vldd r6[0] }
  { mov r11, r6 ; vldc r0[0] }
  { add r6, r6, r4 ; vldr r11[0] }
  { add r6, r6, r4 ; vlmacc r6[0] }
  { add r6, r6, r4 ; vlsat r6[0] }
.endm

.macro at_least_zero
  { ; vpos }
.endm

.macro any_sign
.endm

.macro proven_kernel clamp
  dualentsp frame
  window_begin .Ldone\@
  ldc r11, 0x100                        // 16-bit mode
  { ; vsetc r11 }
.Lpixel\@:
  binary_window
  { ldc r4, window.bytes ; ldw r0, sp[frame.arguments] }
  binary_starts
  { add r4, r0, r4 ; ldw r1, r0[arguments.weights] }
  { ldc r4, 32 ; ldw r9, r4[slices] }
  { sub r9, r9, 1 ; ldw r8, r0[arguments.groups] }
  { ; ldw r6, r0[arguments.transform] }
  { ; ldw r3, sp[frame.output] }
  { ; ldw r0, sp[frame.scratch] }
  ldc r5, 0x5555
  { shl r2, r5, 16 ; }
  { or r5, r5, r2 ; }
.Lgroup\@:
  proven_group \clamp
  { mov r11, r2 ; vstr r3[0] }
  proven_group \clamp
  { mov r11, r2 ; vstr r0[0] }
  { ldc r2, 8 ; sub r8, r8, 1 }
  vlashr r0[0], r2
  vstrpv r3[0], r5
  { add r3, r3, r4 ; bt r8, .Lgroup\@ }
  window_next .Lpixel\@
.Ldone\@:
  window_return
.endm

.text
.issue_mode dual
.align 16
.globl bconv2d_int8
.type bconv2d_int8, @function
bconv2d_int8:
  proven_kernel any_sign
.size bconv2d_int8, . - bconv2d_int8

.align 16
.globl bconv2d_int8_relu
.type bconv2d_int8_relu, @function
bconv2d_int8_relu:
  proven_kernel at_least_zero
.size bconv2d_int8_relu, . - bconv2d_int8_relu
