// AVERAGE_POOL_2D, int8: average_pool2d_int8_vector(const AveragePool2dVectorArguments * behind PoolArguments, begin,
// end, scratch). See call.h.
//
// 16 channels a turn. Their sums accumulate in 8-bit mode as products with a weight; they fit into 16 bits, so that one
// vlmul leaves the average times 256, which vdepth8 rounds, 1 lower where it is negative. -128, which it does not give,
// is stored apart.
//
//   r0 whole blocks left   r1 scratch   r2 pixel bytes   r3 output   r4 window   r5 from a row's last tap to the next
//   row's first   r6 rows left, then the lanes of -128   r7 rows   r8 weight and factor   r9 constants
//   r10 bytes of the block   r11 tap

.include "kernels/window/pool.inc"

.set arguments.scales, pool.own
.set arguments.constants, pool.own + 1

.set frame.part, frame.free             // channels behind the whole blocks
.set frame.rowEnd, frame.free + 1       // r5

.macro rows_of columns
.align 16
.Lrow\@:
  .rept \columns - 1
  { add r11, r11, r2 ; vlmacc r11[0] }
  .endr
  { add r11, r11, r5 ; vlmacc r11[0] }
  { sub r6, r6, 1 ; bt r6, .Lrow\@ }
.endm

.macro rows_of_any
.Lrow\@:
  { ; ldw r5, sp[frame.columns] }
  { sub r5, r5, 1 ; }
  { ; bu .Ltap\@ }
.align 16
.Ltap\@:
  { add r11, r11, r2 ; vlmacc r11[0] }
  { sub r5, r5, 1 ; bt r5, .Ltap\@ }
  { sub r11, r11, r2 ; ldw r5, sp[frame.rowEnd] }
  { add r11, r11, r5 ; }
  { sub r6, r6, 1 ; bt r6, .Lrow\@ }
.endm

// All blocks of a pixel; r0 > 0.
.macro average_blocks rows:vararg
.Lblock\@:
  ldc r11, 0x200                        // 8-bit mode
  { sub r6, r7, 1 ; vsetc r11 }
  { mov r11, r4 ; vclrdr }
  { ; vldc r8[0] }
  \rows
  ldc r11, 0x100                        // 16-bit mode
  { ldc r6, 32 ; vsetc r11 }
  { add r11, r8, r6 ; }
  { ; vlmul r11[0] }
  { add r6, r1, r6 ; vstr r1[0] }
  { ; vladd r9[0] }
  { ; vdepth1 }
  { ldc r5, 15 ; vstr r6[0] }
  vlashr r1[0], r5                      // -1 where negative: ties away from zero
  { ldc r11, 32 ; vladd r1[0] }
  { add r11, r9, r11 ; vdepth8 }
  { ; ldw r6, r6[0] }
  vstrpv r3[0], r10
  { and r6, r6, r10 ; vldr r11[0] }
  vstrpv r3[0], r6
  { add r3, r3, 8 ; add r4, r4, 8 }
  { add r3, r3, 8 ; add r4, r4, 8 }
  { sub r0, r0, 1 ; ldw r5, sp[frame.rowEnd] }
  { ; bt r0, .Lblock\@ }
  { ; ldw r0, sp[frame.part] }
  { mkmsk r10, r0 ; }
  { ; bf r0, .Lnext }
  { ldc r6, 0 ; ldc r0, 1 }
  { ; stw r6, sp[frame.part] }
  { ; bu .Lblock\@ }
.endm

.text
.issue_mode dual
.align 16
.globl average_pool2d_int8_vector
.type average_pool2d_int8_vector, @function
average_pool2d_int8_vector:
  dualentsp frame
  pool_begin .Ldone
.Lpixel:
  pool_pixel
  mul r9, r7, r8
  { ldc r11, arguments.scales ; ldw r0, sp[frame.arguments] }
  { shl r9, r9, 6 ; ldw r11, r0[r11] }
  { add r9, r9, r11 ; ldc r11, arguments.constants }
  mul r5, r8, r2
  { sub r5, r10, r5 ; ldw r1, sp[frame.scratch] }
  { add r5, r5, r2 ; mov r6, r8 }
  { mov r8, r9 ; stw r5, sp[frame.rowEnd] }
  { mov r0, r2 ; ldw r9, r0[r11] }
  { zext r0, 4 ; shr r10, r2, 4 }
  { mov r0, r10 ; stw r0, sp[frame.part] }
  { mkmsk r10, 16 ; bt r0, .Lwhole }
  { ldc r0, 1 ; ldw r10, sp[frame.part] }
  { mkmsk r10, r10 ; ldc r11, 0 }
  { ; stw r11, sp[frame.part] }
.Lwhole:
  { eq r11, r6, 2 ; }
  { ; bt r11, .Ltwo }
  { eq r11, r6, 3 ; }
  { ; bt r11, .Lthree }
  { eq r11, r6, 7 ; }
  { ; bt r11, .Lseven }
  average_blocks rows_of_any
.Ltwo:
  average_blocks rows_of 2
.Lthree:
  average_blocks rows_of 3
.Lseven:
  average_blocks rows_of 7
.Lnext:
  pool_next .Lpixel
.Ldone:
  pool_return
.size average_pool2d_int8_vector, . - average_pool2d_int8_vector
