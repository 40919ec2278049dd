// DEPTHWISE_CONV_2D, int8: depthwise_conv2d_int8(const DepthwiseConv2dArguments *, begin, end, scratch). See call.h.
//
//   taps:      r1 weights - 16   r2 input of the tap   r4 16   r5 offsets   r6 base + 16 * group   r7 taps left
//   channels:  see finish.inc

.include "kernels/depthwise_conv2d/taps.inc"
.include "kernels/conv2d/finish.inc"

.set arguments.zeroPoint, 5
.set arguments.low, 6
.set arguments.high, 7

.set frame.zeroPoint, frame.free
.set frame.low, frame.free + 1
.set frame.high, frame.free + 2
.set frame.rounding, frame.free + 3

.text
.issue_mode dual
.align 16
.globl depthwise_conv2d_int8
.type depthwise_conv2d_int8, @function
depthwise_conv2d_int8:
  dualentsp frame
  window_begin .Ldone
  { ; ldw r0, sp[frame.arguments] }
  finish_constants frame.zeroPoint, frame.low, frame.high, frame.rounding
  ldc r11, 0x200                        // 8-bit mode
  { ; vsetc r11 }
.Lpixel:
  pixel_taps table_of_offsets
  { ; ldw r3, sp[frame.output] }
  { ; ldw r1, r0[arguments.weights] }
  { ; ldw r2, r0[arguments.channels] }
  { ; stw r5, sp[frame.offsets] }
.Lgroup:
  { mov r11, r1 ; stw r2, sp[frame.channels] }
  { ldc r4, 32 ; vldd r11[0] }
  { add r11, r11, r4 ; }
  { ldc r4, 16 ; vldr r11[0] }
  { add r1, r11, r4 ; }
  ring_of_taps
  { add r2, r6, r4 ; ldw r0, sp[frame.scratch] }
  { mov r6, r1 ; stw r2, sp[frame.group] }
  { ldc r5, 32 ; vstd r0[0] }
  { add r5, r0, r5 ; ldw r1, sp[frame.channels] }
  { lss r2, r1, r4 ; vstr r5[0] }
  { mov r5, r1 ; bt r2, .Lfinish }
  { mov r5, r4 ; }
.Lfinish:
  { sub r1, r1, r5 ; }
  { ; stw r1, sp[frame.channels] }
  finish_channels frame.zeroPoint, frame.low, frame.high, frame.rounding
  { add r3, r3, r5 ; ldw r2, sp[frame.channels] }
  { mov r1, r6 ; ldw r6, sp[frame.group] }
  { ; ldw r5, sp[frame.offsets] }
  { ; ldw r0, sp[frame.arguments] }
  { ; bt r2, .Lgroup }
  window_next .Lpixel
.Ldone:
  window_return
.size depthwise_conv2d_int8, . - depthwise_conv2d_int8
