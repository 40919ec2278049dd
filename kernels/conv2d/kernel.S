// CONV_2D, int8: conv2d_int8(const Conv2dArguments *, begin, end, scratch). See call.h.
//
// 16 channels a turn: the ring accumulates over the window in 32 bits, then each channel is scaled on its own.
//
//   ring:      r1 weights   r2 window   r4 32   r7 slices left   r10 window   r11 start values
//   channels:  see finish.inc

.include "kernels/conv2d/ring.inc"
.include "kernels/conv2d/finish.inc"

.set arguments.multipliers, 4
.set arguments.zeroPoint, 5
.set arguments.low, 6
.set arguments.high, 7
.set arguments.channels, 8

.set frame.zeroPoint, frame.free
.set frame.low, frame.free + 1
.set frame.high, frame.free + 2
.set frame.rounding, frame.free + 3
.set frame.slices, frame.free + 4
.set frame.channels, frame.free + 5

.text
.issue_mode dual
.align 16
.globl conv2d_int8
.type conv2d_int8, @function
conv2d_int8:
  dualentsp frame
  window_begin .Ldone
  { ; ldw r0, sp[frame.arguments] }
  finish_constants frame.zeroPoint, frame.low, frame.high, frame.rounding
  ldc r11, 0x200                        // 8-bit mode
  { ; vsetc r11 }
.Lpixel:
  int8_window
  { ; ldw r1, r0[arguments.weights] }
  { ; ldw r6, r0[arguments.multipliers] }
  { ; ldw r2, r0[arguments.channels] }
  { ; stw r2, sp[frame.channels] }
  { ; ldw r3, sp[frame.output] }
  { ; ldw r11, r0[arguments.starts] }
.Lgroup:
  int8_ring
  { ; stw r1, sp[frame.weights] }
  { ; ldw r0, sp[frame.scratch] }
  { add r7, r0, r4 ; vstd r0[0] }
  { ldc r1, 16 ; vstr r7[0] }
  { ; ldw r5, sp[frame.channels] }
  { lss r7, r5, r1 ; sub r2, r5, r1 }
  { ; stw r10, sp[frame.slices] }
  { ; bt r7, .Lfewer }
  { mov r5, r1 ; stw r2, sp[frame.channels] }
  { ; bu .Lcounted }
.Lfewer:
  { ldc r2, 0 ; }
  { ; stw r2, sp[frame.channels] }
.Lcounted:
  finish_channels frame.zeroPoint, frame.low, frame.high, frame.rounding
  { add r3, r3, r5 ; ldw r2, sp[frame.channels] }
  { ; ldw r1, sp[frame.weights] }
  { ; ldw r11, sp[frame.starts] }
  { ; ldw r10, sp[frame.slices] }
  { ; bt r2, .Lgroup }
  window_next .Lpixel
.Ldone:
  window_return
.size conv2d_int8, . - conv2d_int8
