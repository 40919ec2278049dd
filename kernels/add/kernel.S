// ADD and SUB, int8: add_int8(const AddArguments * behind BroadcastArguments, begin, end, scratch). See call.h.
//
//   r0 elements left in the row   r1, r2 operands   r3 output   r4, r5 their steps   r6 31   the others are temporary

.include "kernels/broadcast/walk.inc"

.set frame.termsA, frame.free       // the arguments, in their order
.set frame.termsB, frame.free + 1
.set frame.zeroPoint, frame.free + 2
.set frame.low, frame.free + 3
.set frame.high, frame.free + 4
.set frame.q_left, 10                   // pairs of words
.set frame.half_down, 11
.set frame.rounding, 4

.text
.issue_mode dual
.align 16
.globl add_int8
.type add_int8, @function
add_int8:
  dualentsp frame
  broadcast_begin 0, .Ldone
  .irp word, 0, 1, 2, 3, 4, 5, 6, 7, 8
  { ; ldw r4, r0[\word] }
  { ; stw r4, sp[frame.free + \word] }
  .endr
  { ldc r4, 1 ; ldc r5, 30 }
  { shl r4, r4, r5 ; }
  { ; stw r4, sp[frame.rounding] }
.Lrow:
  broadcast_row
  { ldc r6, 31 ; bu .Lelement }
.align 16
.Lelement:
  { ldc r11, 0 ; ldw r9, sp[frame.termsA] }
  { add r1, r1, r4 ; ld8u r7, r1[r11] }
  { add r2, r2, r5 ; ld8u r8, r2[r11] }
  { ; ldw r7, r9[r7] }
  { ; ldw r9, sp[frame.termsB] }
  { ; ldw r8, r9[r8] }
  { add r7, r7, r8 ; }
  ldd r11, r10, sp[frame.q_left]
  { shl r7, r7, r11 ; ldw r9, sp[frame.rounding] }
  { ldc r8, 0 ; }
  maccs r8, r9, r7, r10
  ldd r11, r10, sp[frame.half_down]
  lextract r7, r8, r9, r6, 32
  { add r7, r7, r7 ; shr r8, r7, r6 }
  { add r7, r7, r10 ; ldw r9, sp[frame.zeroPoint] }
  { sub r7, r7, r8 ; ldw r10, sp[frame.low] }
  ashr r7, r7, r11
  { add r7, r7, r9 ; ldw r9, sp[frame.high] }
  { lss r8, r7, r10 ; lss r11, r9, r7 }
  { ; bt r8, .Llow }
  { ldc r8, 0 ; bt r11, .Lhigh }
.Lstore:
  st8 r7, r3[r8]
  { sub r0, r0, 1 ; add r3, r3, 1 }
  { ; bt r0, .Lelement }
  broadcast_next .Lrow
.Ldone:
  broadcast_return
.Llow:
  { mov r7, r10 ; ldc r8, 0 }
  { ; bu .Lstore }
.Lhigh:
  { mov r7, r9 ; bu .Lstore }
.size add_int8, . - add_int8
