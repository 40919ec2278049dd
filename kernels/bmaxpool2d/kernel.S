// LceBMaxPool2d: bmaxpool2d(const Bmaxpool2dArguments *, begin, end, scratch). See call.h.
//
// Every output word is the AND of the words of its window.
//
//   r0 word   r1 tap   r2 pixel bytes   r3 output   r4 window   r5 row   r6 rows left   r7 rows   r8 columns
//   r9 a tap's word   r10 row bytes   r11 columns left

.include "kernels/window/pool.inc"

.set frame.words, frame.free            // left of the pixel

.text
.issue_mode dual
.align 16
.globl bmaxpool2d
.type bmaxpool2d, @function
bmaxpool2d:
  dualentsp frame
  pool_begin .Ldone
.Lpixel:
  pool_pixel
  { shr r9, r2, 2 ; }
  { ; stw r9, sp[frame.words] }
.Lword:
  { mov r5, r4 ; mov r6, r7 }
  { mkmsk r0, 32 ; }
.Lrow:
  { mov r1, r5 ; sub r11, r8, 1 }
  { add r5, r5, r10 ; sub r6, r6, 1 }
.Ltap:
  { add r1, r1, r2 ; ldw r9, r1[0] }
  { and r0, r0, r9 ; }
  { sub r11, r11, 1 ; bt r11, .Ltap }
  { ; bt r6, .Lrow }
  { add r4, r4, 4 ; stw r0, r3[0] }
  { add r3, r3, 4 ; ldw r9, sp[frame.words] }
  { sub r9, r9, 1 ; }
  { ; stw r9, sp[frame.words] }
  { ; bt r9, .Lword }
  pool_next .Lpixel
.Ldone:
  pool_return
.size bmaxpool2d, . - bmaxpool2d
