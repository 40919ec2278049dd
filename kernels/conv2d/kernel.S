// CONV_2D, int8: conv2d_int8(const Conv2dArguments *, begin, end, scratch). See call.h.
//
// 16 channels a turn: the ring accumulates over the window in 32 bits, then each channel is scaled on its own.
//
//   ring:      r1 weights   r2 window   r4 32   r7 slices left   r10 window   r11 start values
//   channels:  see finish.inc

.include "kernels/window/copy.inc"
.include "kernels/conv2d/finish.inc"

.set arguments.weights, 2
.set arguments.starts, 3
.set arguments.multipliers, 4
.set arguments.zeroPoint, 5
.set arguments.low, 6
.set arguments.high, 7
.set arguments.channels, 8
.set arguments.fill, 10
.set arguments.byBytes, 11

.set frame.weights, frame.tapRows       // the border path is over by then
.set frame.starts, frame.tapColumns
.set frame.zeroPoint, frame.free
.set frame.low, frame.free + 1
.set frame.high, frame.free + 2
.set frame.rounding, frame.free + 3
.set frame.slices, frame.free + 4
.set frame.channels, frame.free + 5

.macro zero_point_fill
  { ; ldw r11, sp[frame.arguments] }
  { ; ldw r11, r11[arguments.fill] }
  { ; vldd r11[0] }
.endm

// Copies r2 bytes from r11 to r8, both left behind them; r2 at least 1. Uses r4.
.macro copy_bytes
.Lbyte\@:
  { sub r2, r2, 1 ; ld8u r4, r11[r5] }
  st8 r4, r8[r5]
  { add r11, r11, 1 ; add r8, r8, 1 }
  { ; bt r2, .Lbyte\@ }
.endm

// As window_copy_rows and window_copy_taps, byte by byte.
.macro window_copy_rows_by_bytes
  { ; ldw r7, r5[copyBytes] }
  { ; ldw r0, r5[copyStep] }
  { ldc r5, 0 ; }
  { mov r8, r9 ; mov r1, r8 }
.Lrow\@:
  { mov r2, r7 ; mov r11, r6 }
  copy_bytes
  { sub r1, r1, 1 ; add r6, r6, r0 }
  { ; bt r1, .Lrow\@ }
.endm

.macro window_copy_taps_by_bytes
  border_begin
.Lrow\@:
  border_row
.Ltap\@:
  border_tap .Loutside\@
  { ldc r11, tapBytes ; mov r8, r9 }
  { mov r11, r10 ; ldw r2, r3[r11] }
  { ldc r5, 0 ; }
  copy_bytes
  { ; bu .Lnext\@ }
.Loutside\@:
  { ; ldw r11, sp[frame.arguments] }
  { ; ldw r11, r11[arguments.fill] }
  { ldc r5, 0 ; ldw r4, r11[0] }
  { ldc r11, tapBytes ; mov r8, r9 }
  { ; ldw r2, r3[r11] }
.Lfill\@:
  st8 r4, r8[r5]
  { sub r2, r2, 1 ; add r8, r8, 1 }
  { ; bt r2, .Lfill\@ }
.Lnext\@:
  { ldc r5, window.bytes ; }
  { sub r5, r3, r5 ; }
  border_next .Ltap\@, .Lrow\@
.endm

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
  window_place .Lready, .Lborder
  { ; ldw r11, r0[arguments.byBytes] }
  { ; bt r11, .Lrows_by_bytes }
  window_copy_rows
  { ; bu .Lcopied }
.Lrows_by_bytes:
  window_copy_rows_by_bytes
  { ; bu .Lcopied }
.Lborder:
  { ; ldw r11, r0[arguments.byBytes] }
  { ; bt r11, .Lborder_by_bytes }
  window_is_solid
  { ; bf r2, .Lby_taps }
  window_copy_border zero_point_fill, border_vectors
  { ; bu .Lcopied }
.Lby_taps:
  window_copy_taps zero_point_fill
  { ; bu .Lcopied }
.Lborder_by_bytes:
  window_is_solid
  { ; bf r2, .Ltaps_by_bytes }
  window_copy_border zero_point_fill, border_bytes
  { ; bu .Lcopied }
.Ltaps_by_bytes:
  window_copy_taps_by_bytes
.Lcopied:
  { ; ldw r6, sp[frame.window] }
.Lready:
  { mov r10, r6 ; ldw r0, sp[frame.arguments] }
  { ; ldw r1, r0[arguments.weights] }
  { ; ldw r6, r0[arguments.multipliers] }
  { ; ldw r2, r0[arguments.channels] }
  { ; stw r2, sp[frame.channels] }
  { ; ldw r3, sp[frame.output] }
  { ; ldw r11, r0[arguments.starts] }
.Lgroup:
  { ldc r4, window.bytes ; ldw r0, sp[frame.arguments] }
  { add r0, r0, r4 ; vldd r11[0] }
  { ldc r4, 32 ; ldw r7, r0[slices] }
  { add r11, r11, r4 ; mov r2, r10 }
  { add r11, r11, r4 ; vldr r11[0] }
  { sub r7, r7, 1 ; stw r11, sp[frame.starts] }
.Lslice:
  { add r2, r2, r4 ; vldc r2[0] }
  .rept 16
  { add r1, r1, r4 ; vlmaccr r1[0] }
  .endr
  { sub r7, r7, 1 ; bt r7, .Lslice }
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
