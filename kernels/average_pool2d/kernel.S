// AVERAGE_POOL_2D, int8: average_pool2d_int8 and average_pool2d_int8_bytes(const PoolArguments *, begin, end, scratch).
// See call.h.
//
// 16 channels a turn: their sums accumulate as products with 1; then each is divided on its own.

.include "kernels/window/pool.inc"

.set arguments.reciprocals, pool.own
.set arguments.ones, pool.own + 1
.set arguments.low, pool.own + 2
.set arguments.high, pool.own + 3

.set frame.left, frame.free            // channels of the pixel
.set frame.places, frame.free + 1      // n
.set frame.reciprocal, frame.free + 2
.set frame.low, frame.free + 3
.set frame.high, frame.free + 4
.set frame.input, frame.free + 5

// The range to the frame, for all pixels.
.macro average_range
  ldc r11, arguments.low
  { ; ldw r4, r0[r11] }
  { ; stw r4, sp[frame.low] }
  ldc r11, arguments.high
  { ; ldw r4, r0[r11] }
  { ; stw r4, sp[frame.high] }
.endm

// n and its reciprocal to the frame; r7 = rows, r8 = columns, r0 = arguments. Uses r9, r11.
.macro average_places
  mul r9, r7, r8
  ldc r11, arguments.reciprocals
  { ; ldw r11, r0[r11] }
  { ; ldw r11, r11[r9] }
  { ; stw r11, sp[frame.reciprocal] }
  { ; stw r9, sp[frame.places] }
.endm

// Stores the average of sum r0 at r3 and steps r3. r6 = 0. Uses r1, r9, r11.
.macro average_store
  { lss r11, r0, r6 ; ldw r9, sp[frame.places] }
  { ; bf r11, .Lmagnitude\@ }
  { neg r0, r0 ; }
.Lmagnitude\@:
  { add r0, r0, r0 ; ldw r1, sp[frame.reciprocal] }
  { add r0, r0, r9 ; }
  lmul r0, r9, r0, r1, r6, r6
  { ; bf r11, .Lsigned\@ }
  { neg r0, r0 ; }
.Lsigned\@:
  { ; ldw r1, sp[frame.low] }
  { lss r11, r0, r1 ; ldw r9, sp[frame.high] }
  { ; bf r11, .Lnot_below\@ }
  { mov r0, r1 ; }
.Lnot_below\@:
  { lss r11, r9, r0 ; }
  { ; bf r11, .Lnot_above\@ }
  { mov r0, r9 ; }
.Lnot_above\@:
  st8 r0, r3[r6]
  { add r3, r3, 1 ; }
.endm

.text
.issue_mode dual
.align 16
.globl average_pool2d_int8
.type average_pool2d_int8, @function
average_pool2d_int8:
  dualentsp frame
  pool_begin .Ldone
  average_range
  ldc r11, arguments.ones
  { ; ldw r4, r0[r11] }
  ldc r11, 0x200                        // 8-bit mode
  { ; vsetc r11 }
  { ; vldc r4[0] }
.Lpixel:
  pool_pixel
  average_places
  { ldc r6, 0 ; stw r2, sp[frame.left] }
.Lblock:
  { mov r5, r4 ; vclrdr }
  { ; ldw r7, sp[frame.rows] }
.Lrow:
  { mov r11, r5 ; sub r9, r8, 1 }
.Ltap:
  { add r11, r11, r2 ; vlmacc r11[0] }
  { sub r9, r9, 1 ; bt r9, .Ltap }
  { add r5, r5, r10 ; sub r7, r7, 1 }
  { ; bt r7, .Lrow }
  { ldc r9, 32 ; ldw r5, sp[frame.scratch] }
  { add r9, r5, r9 ; vstd r5[0] }
  { ldc r1, 16 ; vstr r9[0] }
  { add r4, r4, r1 ; ldw r7, sp[frame.left] }
  { lsu r9, r7, r1 ; sub r11, r7, r1 }
  { ; stw r4, sp[frame.input] }
  { ; bt r9, .Lfewer }
  { mov r7, r1 ; stw r11, sp[frame.left] }
  { ; bu .Lchannel }
.Lfewer:
  { ; stw r6, sp[frame.left] }
.Lchannel:
  { ; ld16s r0, r5[r6] }
  { shl r0, r0, 16 ; ld16s r9, r5[r1] }
  { zext r9, 16 ; add r5, r5, 2 }
  { or r0, r0, r9 ; }
  average_store
  { sub r7, r7, 1 ; ldc r1, 16 }
  { ; bt r7, .Lchannel }
  { ; ldw r4, sp[frame.input] }
  { ; ldw r9, sp[frame.left] }
  { ; bt r9, .Lblock }
  pool_next .Lpixel
.Ldone:
  pool_return
.size average_pool2d_int8, . - average_pool2d_int8

// The same for other pixels, a channel at a time.
.align 16
.globl average_pool2d_int8_bytes
.type average_pool2d_int8_bytes, @function
average_pool2d_int8_bytes:
  dualentsp frame
  pool_begin .Lbytes_done
  average_range
.Lbytes_pixel:
  pool_pixel .Lbytes_ready
  average_places
  { ldc r6, 0 ; stw r2, sp[frame.left] }
.Lbytes_channel:
  { mov r5, r4 ; ldc r0, 0 }
  { ; ldw r7, sp[frame.rows] }
.Lbytes_row:
  { mov r11, r5 ; mov r9, r8 }
.Lbytes_tap:
  { sub r9, r9, 1 ; ld8u r1, r11[r6] }
  { sext r1, 8 ; add r11, r11, r2 }
  { add r0, r0, r1 ; bt r9, .Lbytes_tap }
  { add r5, r5, r10 ; sub r7, r7, 1 }
  { ; bt r7, .Lbytes_row }
  average_store
  { add r4, r4, 1 ; ldw r9, sp[frame.left] }
  { sub r9, r9, 1 ; }
  { ; stw r9, sp[frame.left] }
  { ; bt r9, .Lbytes_channel }
  pool_next .Lbytes_pixel, .Lbytes_ready
.Lbytes_done:
  pool_return
.size average_pool2d_int8_bytes, . - average_pool2d_int8_bytes
