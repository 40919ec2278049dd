// DEPTHWISE_CONV_2D, int8: depthwise_conv2d_int8(const DepthwiseConv2dArguments *, begin, end, scratch). See call.h.
//
// Every tap is found as base + 16 * group + offset. The offsets are a constant table, but for pixels at the border a
// table in scratch, in which taps outside of the image lead to the fill.
//
//   taps:      r1 weights - 16   r2 input of the tap   r4 16   r5 offsets   r6 base + 16 * group   r7 taps left
//   channels:  see finish.inc

.include "kernels/window/copy.inc"
.include "kernels/conv2d/finish.inc"

.set arguments.weights, 2
.set arguments.offsets, 3
.set arguments.taps, 4
.set arguments.zeroPoint, 5
.set arguments.low, 6
.set arguments.high, 7
.set arguments.channels, 8
.set arguments.fill, 10
.set arguments.repeats, 11

.set frame.offsets, frame.last          // what the window's copy would use
.set frame.group, frame.tapRows         // the border path is over by then
.set frame.channels, frame.tapColumns
.set frame.zeroPoint, frame.free
.set frame.low, frame.free + 1
.set frame.high, frame.free + 2
.set frame.rounding, frame.free + 3

// Offsets of the taps of the pixel at r6, into the window's place in scratch.
.macro border_offsets
  border_begin
  { mov r8, r6 ; }
.Lrow\@:
  border_row
.Ltap\@:
  border_tap .Loutside\@
  { sub r2, r10, r8 ; }
  { ; stw r2, r9[0] }
  { ; bu .Lnext\@ }
.Loutside\@:
  { ; ldw r11, sp[frame.arguments] }
  { ; ldw r2, r11[arguments.fill] }
  { sub r2, r2, r8 ; }
  { ; stw r2, r9[0] }
.Lnext\@:
  border_next .Ltap\@, .Lrow\@
.endm

// The window of the pixel at r6 in scratch, byte by byte: each as often as it has output channels.
.macro expand_window
  border_begin
.Lrow\@:
  border_row
.Ltap\@:
  border_tap .Loutside\@
  { mov r11, r10 ; }
.Lcopy\@:
  { ldc r8, 0 ; ldc r2, 0 }             // r8 = output channel
.Lchannel\@:
  { add r11, r11, 1 ; ld8u r4, r11[r2] }
  { ; ldw r2, sp[frame.arguments] }
  { ; ldw r2, r2[arguments.repeats] }
.Lrepeat\@:
  st8 r4, r9[r8]
  { sub r2, r2, 1 ; add r8, r8, 1 }
  { ; bt r2, .Lrepeat\@ }
  { ; ldw r4, sp[frame.arguments] }
  { ; ldw r4, r4[arguments.channels] }
  { lss r4, r8, r4 ; }
  { ; bt r4, .Lchannel\@ }
  { ; bu .Lnext\@ }
.Loutside\@:
  { ; ldw r11, sp[frame.arguments] }
  { ; ldw r11, r11[arguments.fill] }
  { ; bu .Lcopy\@ }
.Lnext\@:
  border_next .Ltap\@, .Lrow\@
.endm

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
  { ; ldw r0, sp[frame.arguments] }
  { ; ldw r11, r0[arguments.repeats] }
  { ; bt r11, .Lexpand }
  window_place .Linside, .Lborder
.Linside:
  { ; ldw r5, r0[arguments.offsets] }
  { ; bu .Lready }
.Lexpand:
  { ldc r4, window.bytes ; ldw r6, sp[frame.base] }
  { add r5, r0, r4 ; }
  { add r3, r5, r4 ; }
  expand_window
  { ; ldw r0, sp[frame.arguments] }
  { ; ldw r5, r0[arguments.offsets] }
  { ; ldw r6, sp[frame.window] }
  { ; bu .Lready }
.Lborder:
  border_offsets
  { ; ldw r0, sp[frame.arguments] }
  { ; ldw r5, sp[frame.window] }
  { sub r5, r5, 4 ; ldw r6, sp[frame.base] }
.Lready:
  { ; ldw r3, sp[frame.output] }
  { ; ldw r1, r0[arguments.weights] }
  { ; ldw r2, r0[arguments.channels] }
  { ; stw r5, sp[frame.offsets] }
.Lgroup:
  { mov r11, r1 ; stw r2, sp[frame.channels] }
  { ldc r4, 32 ; vldd r11[0] }
  { add r11, r11, r4 ; ldw r7, r0[arguments.taps] }
  { ldc r4, 16 ; vldr r11[0] }
  { add r1, r11, r4 ; ldw r2, r5[r7] }
  { add r2, r2, r6 ; sub r7, r7, 1 }
  { ; bu .Ltap }
.align 16
.Ltap:
  { add r1, r1, r4 ; vldc r2[0] }
  { ; ldw r2, r5[r7] }
  { add r2, r2, r6 ; vlmacc r1[0] }
  { sub r7, r7, 1 ; bt r7, .Ltap }
  { add r2, r6, r4 ; ldw r0, sp[frame.scratch] }
  { add r6, r1, r4 ; stw r2, sp[frame.group] }
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
