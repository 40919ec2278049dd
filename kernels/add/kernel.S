// ADD and SUB, int8: add_int8(const AddArguments * behind BroadcastArguments, begin, end, scratch). See call.h.
//
//   r0 elements left in the row   r1, r2 operands   r3 output   r4, r5 their steps   r6 31   the others are temporary

.include "kernels/broadcast/walk.inc"
.include "kernels/broadcast/scale.inc"

.set frame.termsA, frame.free       // the arguments, in their order
.set frame.termsB, frame.free + 1

.text
.issue_mode dual
.align 16
.globl add_int8
.type add_int8, @function
add_int8:
  dualentsp frame
  broadcast_begin 0, .Ldone
  scale_setup
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
  scale_and_store .Lelement
  broadcast_next .Lrow
.Ldone:
  broadcast_return
.size add_int8, . - add_int8
