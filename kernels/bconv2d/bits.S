// LceBconv2d with packed output: bconv2d_bits(const Bconv2dArguments *, begin, end, scratch). See call.h.
//
// 32 channels a turn. The start values put the threshold into the ring, so that its signs are the result: those of the
// first 16 channels go to the lower half of the output word. One more turn of the ring moves the signs of the second 16
// to the upper half of vR's first word, from where they are stored.
//
//   r5, r6 byte masks of the lower and the upper half   the others: see runs.inc

.include "kernels/bconv2d/runs.inc"

.macro bits_turn slices
  .ifeq \slices
.Lturn\@:
  { add r11, r11, r4 ; vldr r11[0] }
  slices_any
  { mov r2, r10 ; vdepth1 }
  { add r3, r3, 4 ; }
  vstrpv r3[0], r5
  { add r11, r11, r4 ; vldr r11[0] }
  slices_any
  { mov r2, r10 ; vdepth1 }
  { sub r8, r8, 1 ; vlmaccr1 r10[0] }
  vstrpv r3[0], r6
  { ; bt r8, .Lturn\@ }
  .else
.align 16
.Lturn\@:
  { add r11, r11, r4 ; vldr r11[0] }
  slices_then \slices, "add r3, r3, 4"
  { mov r2, r10 ; vdepth1 }
  vstrpv r3[0], r5
  { add r11, r11, r4 ; vldr r11[0] }
  slices_then \slices, "sub r8, r8, 1"
  { mov r2, r10 ; vdepth1 }
  { ; vlmaccr1 r10[0] }
  vstrpv r3[0], r6
  { ; bt r8, .Lturn\@ }
  .endif
.endm

// One of the pixel loops of loops.inc. r6: columnStep, or in place the turns of a pixel. For a single slice r3
// points to the word that is written, else to the one before it. The step of r3 has a packet of its own in the midst of
// the slices, where it saves a fetch of its own; a packet more at the turn's end would cost a slot.
.macro bits_turns slices, row, head
\head:
  .if \slices == 1
  { add r11, r11, r4 ; vldr r11[0] }
  mac_16
  { mkmsk r2, 2 ; vdepth1 }
  vstrpv r3[0], r2
  { add r11, r11, r4 ; vldr r11[0] }
  mac_16
  .else
  { mov r2, r10 ; vldr r11[0] }
  slice "add r2, r2, r4"
  { add r3, r3, 4 ; }
  slices_of \slices, \row, "add r11, r11, r4", 1
  { mkmsk r2, 2 ; vdepth1 }
  vstrpv r3[0], r2
  { mov r2, r10 ; vldr r11[0] }
  slices_of \slices, \row, "add r11, r11, r4"
  .endif
  { ldc r2, 12 ; vdepth1 }
  { sub r8, r8, 1 ; vlmaccr1 r10[0] }
  vstrpv r3[0], r2
  .if \slices == 1
  { add r3, r3, 4 ; bt r8, \head }
  .else
  { ; bt r8, \head }
  .endif
.endm

.macro mac_16
  .rept 16
  { add r1, r1, r4 ; vlmaccr1 r1[0] }
  .endr
.endm

.macro bits_loop number, slices, rows, vectors
  .if \rows
.align 16
  pad_to_head 2 * \rows * \vectors + 4, \slices
.Lpixel_of_\number:
  { mov r11, r0 ; sub r9, r9, 1 }
  copy_window \rows, \vectors
  { add r0, r0, r6 ; ldw r8, sp[frame.gap] }
  { add r3, r3, r8 ; ldw r8, sp[frame.turns] }
  ldd r11, r1, sp[frame.weights / 2]    // and frame.starts
  .if \slices == 1
  { ; vldc r10[0] }
  .endif
  bits_turns \slices, 0, .Lhead_\number
  { ; bt r9, .Lpixel_of_\number }
  { ; bu .Lloop_done }
.Lloop_\number:
  .if \slices == 1
  { add r3, r3, 4 ; }
  .endif
  { ; bu .Lpixel_of_\number }
  .else
.align 16
  bits_turns \slices, \vectors, .Lhead_\number
.Lnext_of_\number:
  { add r10, r10, r0 ; sub r9, r9, 1 }
  { add r3, r3, r5 ; mov r8, r6 }
  ldd r11, r1, sp[frame.weights / 2]    // and frame.starts
  .if \slices == 1
  { ; bf r9, .Lover_\number }
  { ; vldc r10[0] }
  { ; bu .Lhead_\number }
.Lover_\number:
  { ; bu .Lloop_done }
  .else
  { ; bt r9, .Lhead_\number }
  { ; bu .Lloop_done }
  .endif
.Lloop_\number:
  { sub r10, r0, r6 ; mov r0, r6 }
  { add r9, r9, 1 ; ldw r5, sp[frame.gap] }
  .if \slices == 1
  { add r3, r3, 4 ; }
  .endif
  { ; ldw r6, sp[frame.turns] }
  { ; bu .Lnext_of_\number }
  .endif
.endm

.macro no_more
.endm

.macro bits_setup
  { mkmsk r5, 2 ; ldc r6, 12 }
.endm

.text
.issue_mode dual
.align 16
.globl bconv2d_bits
.type bconv2d_bits, @function
bconv2d_bits:
  run_kernel bits_turn, bits_setup, 4, 4, no_more
  for_each_loop bits_loop
.size bconv2d_bits, . - bconv2d_bits
