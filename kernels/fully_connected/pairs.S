// FULLY_CONNECTED, int8, of few channels: fully_connected_int8_pairs(const FullyConnectedArguments *, begin, end,
// scratch). See call.h.
//
// Two channels a unit: with every slice each adds to a lane of its own, so that in the end the even lanes hold parts of
// the first channel's sum, the odd ones of the second's.
//
//   ring:  r1 weights   r2 input   r4 32   r5 row   r7 slices left   r8 pair
//   sums:  r1 of the words of upper halves, r2 of the odd ones   r3 of the words of lower halves, r6 of the odd ones
//          r10 words of upper halves   r11 of lower ones

.include "kernels/fully_connected/arguments.inc"

.text
.issue_mode dual
.align 16
.globl fully_connected_int8_pairs
.type fully_connected_int8_pairs, @function
fully_connected_int8_pairs:
  dense_begin .Ldone
.Lunit:
  { ; ldw r0, sp[frame.arguments] }
  { ; ldw r8, sp[frame.unit] }
  { ; ldw r9, r0[arguments.groups] }
  divu r5, r8, r9
  mul r9, r5, r9
  { sub r8, r8, r9 ; ldw r9, r0[arguments.depth] }
  mul r9, r5, r9
  { ; ldw r2, r0[arguments.input] }
  { add r2, r2, r9 ; ldw r7, r0[arguments.slices] }
  mul r9, r8, r7
  { shl r9, r9, 6 ; ldw r1, r0[arguments.weights] } // 2 channels of 32 bytes a slice
  { add r1, r1, r9 ; ldc r4, 32 }
  { sub r7, r7, 1 ; vclrdr }
  { ; bu .Lslice }
.align 16
.Lslice:
  { add r2, r2, r4 ; vldc r2[0] }
  { add r1, r1, r4 ; vlmaccr r1[0] }
  { add r1, r1, r4 ; vlmaccr r1[0] }
  { sub r7, r7, 1 ; bt r7, .Lslice }
  { ; ldw r10, sp[frame.scratch] }
  { add r11, r10, r4 ; vstd r10[0] }
  { ldc r1, 0 ; vstr r11[0] }
  { ldc r2, 0 ; ldc r3, 0 }
  { ldc r6, 0 ; }
  .irp word, 0, 1, 2, 3, 4, 5, 6, 7
  { ; ldw r7, r10[\word] }
  { add r1, r1, r7 ; ldw r9, r11[\word] }
  { shr r7, r7, 16 ; add r3, r3, r9 }
  { shr r9, r9, 16 ; add r2, r2, r7 }
  { add r6, r6, r9 ; }
  .endr
  { shl r1, r1, 16 ; shl r7, r6, 16 }
  { add r1, r1, r3 ; shl r2, r2, 16 }
  { sub r1, r1, r7 ; add r2, r2, r6 }
  { shl r7, r8, 3 ; ldw r6, r0[arguments.starts] }
  { add r6, r6, r7 ; }
  { ; ldw r7, r6[0] }
  { add r1, r1, r7 ; ldw r7, r6[1] }
  { add r2, r2, r7 ; shr r3, r1, 16 }   // the two sums as halves once more
  { shr r6, r2, 16 ; shl r2, r2, 16 }
  { shl r6, r6, 16 ; zext r1, 16 }
  { or r3, r3, r6 ; or r1, r1, r2 }
  { ; stw r3, r10[0] }
  { ldc r9, arguments.outputStep ; stw r1, r11[0] }
  { ; ldw r9, r0[r9] }
  mul r9, r5, r9
  { shl r5, r8, 1 ; ldw r3, r0[arguments.output] } // first channel
  { add r3, r3, r9 ; ldw r4, r0[arguments.channels] }
  { add r3, r3, r5 ; sub r5, r4, r5 }   // channels from here on
  { shl r9, r8, 5 ; ldw r6, r0[arguments.multipliers] }
  { add r6, r6, r9 ; ldc r9, 2 }
  { lsu r9, r5, r9 ; mov r0, r10 }
  { ; bt r9, .Lone }
  { ldc r5, 2 ; }
.Lone:
  finish_channels frame.zeroPoint, frame.low, frame.high, frame.rounding
  units_next .Lunit
.Ldone:
  units_return
.size fully_connected_int8_pairs, . - fully_connected_int8_pairs
