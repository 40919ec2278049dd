// MAX_POOL_2D, int8: max_pool2d_int8 and max_pool2d_int8_bytes(const PoolArguments *, begin, end, scratch). See call.h.
//
// 32 channels a turn, the largest value so far in the output itself: the signs of (largest - tap), one a byte, say
// which bytes the tap replaces. vlashr by 0 makes the tap at least -127, which keeps these signs right: -128 in its
// place replaces -128 at most. Windows of 2x2 and 3x3 taps are unrolled.

.include "kernels/window/pool.inc"

.set arguments.clamps, pool.own
.set arguments.low, pool.own + 1
.set arguments.high, pool.own + 2

.set frame.left, frame.free            // channels of the pixel

// Bit masks of the bytes of the output that lie below the 32 bytes at r11, in r9, and these bytes in vR; r11 is
// changed by `step`. r0 = 0, r1 = scratch, r3 = output.
.macro larger step
  vlashr r11[0], r0
  { ; vlsub r3[0] }
  { ; vdepth1 }
  { ; vstr r1[0] }
  { ; ldw r9, r1[0] }
  { \step ; vldr r11[0] }
.endm

.macro replace step
  larger "\step"
  vstrpv r3[0], r9
.endm

// Whole blocks of a window of size x size taps: r6 = blocks - 1, r5 = from the last tap of a row to the next one's
// first, r10 = 32.
.macro square size
  { mov r11, r4 ; }
  { ; bu .Lblock\@ }
.align 16
.Lblock\@:
  { add r11, r11, r2 ; vldr r11[0] }
  { ; vstr r3[0] }
  .rept \size - 2
  replace "add r11, r11, r2"
  .endr
  replace "add r11, r11, r5"
  .rept \size - 2
  .rept \size - 1
  replace "add r11, r11, r2"
  .endr
  replace "add r11, r11, r5"
  .endr
  .rept \size - 1
  replace "add r11, r11, r2"
  .endr
  replace "add r4, r4, r10"
  { add r3, r3, r10 ; mov r11, r4 }
  { sub r6, r6, 1 ; bt r6, .Lblock\@ }
.endm

.text
.issue_mode dual
.align 16
.globl max_pool2d_int8
.type max_pool2d_int8, @function
max_pool2d_int8:
  dualentsp frame
  pool_begin .Ldone
  ldc r11, 0x200                        // 8-bit mode
  { ; vsetc r11 }
.Lpixel:
  pool_pixel
  { ; ldw r1, sp[frame.scratch] }
  { shr r6, r2, 5 ; stw r2, sp[frame.left] }
  ldc r11, arguments.clamps
  { eq r9, r7, r8 ; ldw r11, r0[r11] }
  { ldc r0, 0 ; bf r9, .Lblock }
  { sub r6, r6, 1 ; bf r6, .Lblock }
  { ; bt r11, .Lblock }
  { eq r9, r8, 2 ; sub r5, r10, r2 }
  { ; bt r9, .Ltwo }
  { eq r9, r8, 3 ; }
  { ; bt r9, .Lthree }
  // r0 = 0, r1 = scratch, r2 = pixel bytes, r3 = output, r4 = window, r5 = row, r6 = mask, r7 = rows left,
  // r8 = columns, r10 = columns left, r11 = tap
.Lblock:
  { ldc r6, 32 ; ldw r9, sp[frame.left] }
  { lsu r10, r9, r6 ; sub r6, r9, r6 }
  { ; bt r10, .Lpart }
  { mkmsk r6, 32 ; stw r6, sp[frame.left] }
  { ; bu .Lmask }
.Lpart:
  { mkmsk r6, r9 ; ldc r9, 0 }
  { ; stw r9, sp[frame.left] }
.Lmask:
  ldc r11, arguments.clamps
  { ; ldw r0, sp[frame.arguments] }
  { ; ldw r11, r0[r11] }
  { ldc r0, 0 ; bt r11, .Lbegin }       // with the lowest result
  { mov r11, r4 ; }                     // or the first tap
.Lbegin:
  { mov r5, r4 ; vldr r11[0] }
  vstrpv r3[0], r6
  { ; ldw r7, sp[frame.rows] }
.Lrow:
  { mov r11, r5 ; sub r10, r8, 1 }
.Ltap:
  larger "add r11, r11, r2"
  { and r9, r9, r6 ; }
  vstrpv r3[0], r9
  { sub r10, r10, 1 ; bt r10, .Ltap }
  { ; ldw r9, sp[frame.rowBytes] }
  { add r5, r5, r9 ; sub r7, r7, 1 }
  { ; bt r7, .Lrow }
  ldc r11, arguments.clamps
  { ; ldw r9, sp[frame.arguments] }
  { ldc r10, 32 ; ldw r11, r9[r11] }
  { ; bf r11, .Lclamped }
  { add r11, r11, r10 ; }               // the highest result where the output lies above
  vlashr r3[0], r0
  { ; vlsub r11[0] }
  { ; vdepth1 }
  { ; vstr r1[0] }
  { ; ldw r9, r1[0] }
  { and r9, r9, r6 ; vldr r11[0] }
  vstrpv r3[0], r9
.Lclamped:
  { add r3, r3, r10 ; ldw r9, sp[frame.left] }
  { add r4, r4, r10 ; bt r9, .Lblock }
.Lpixel_done:
  pool_next .Lpixel
  { ; bu .Ldone }
.Ltwo:
  { ldc r10, 32 ; }
  square 2
  { ; bu .Lrest }
.Lthree:
  { sub r5, r5, r2 ; ldc r10, 32 }
  square 3
.Lrest:
  { ; ldw r9, sp[frame.left] }
  zext r9, 5
  { ; stw r9, sp[frame.left] }
  { ; bt r9, .Lblock }
  { ; bu .Lpixel_done }
.Ldone:
  pool_return
.size max_pool2d_int8, . - max_pool2d_int8

// The same for other pixels, a channel at a time: r0 = largest, r1 = tap, r2 = pixel bytes, r3 = output, r4 = window,
// r5 = row, r6 = 0, r7 = rows left, r8 = columns, r9 = columns left, r11 = a tap's value, r10 = row bytes.
.align 16
.globl max_pool2d_int8_bytes
.type max_pool2d_int8_bytes, @function
max_pool2d_int8_bytes:
  dualentsp frame
  pool_begin .Lbytes_done
.Lbytes_pixel:
  pool_pixel .Lbytes_ready
  { ldc r6, 0 ; stw r2, sp[frame.left] }
.Lchannel:
  ldc r11, arguments.low
  { mov r5, r4 ; ldw r0, sp[frame.arguments] }
  { ; ldw r0, r0[r11] }
  { ; ldw r7, sp[frame.rows] }
.Lbytes_row:
  { mov r1, r5 ; mov r9, r8 }
.Lbytes_tap:
  { sub r9, r9, 1 ; ld8u r11, r1[r6] }
  { sext r11, 8 ; }
  { lss r11, r0, r11 ; ld8u r10, r1[r6] }
  { sext r10, 8 ; bf r11, .Lnot_larger }
  { mov r0, r10 ; }
.Lnot_larger:
  { add r1, r1, r2 ; bt r9, .Lbytes_tap }
  { ; ldw r10, sp[frame.rowBytes] }
  { add r5, r5, r10 ; sub r7, r7, 1 }
  { ; bt r7, .Lbytes_row }
  ldc r11, arguments.high
  { ; ldw r9, sp[frame.arguments] }
  { ; ldw r9, r9[r11] }
  { lss r11, r9, r0 ; }
  { ; bf r11, .Lbytes_clamped }
  { mov r0, r9 ; }
.Lbytes_clamped:
  st8 r0, r3[r6]
  { add r3, r3, 1 ; ldw r9, sp[frame.left] }
  { sub r9, r9, 1 ; add r4, r4, 1 }
  { ; stw r9, sp[frame.left] }
  { ; bt r9, .Lchannel }
  pool_next .Lbytes_pixel, .Lbytes_ready
.Lbytes_done:
  pool_return
.size max_pool2d_int8_bytes, . - max_pool2d_int8_bytes
