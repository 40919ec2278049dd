// lookup_int8 and lookup_word(const LookupArguments *, begin, end, scratch): see call.h.

.set arguments.input, 0
.set arguments.output, 1
.set arguments.table, 2

.text
.issue_mode dual
.align 16
.globl lookup_int8
.type lookup_int8, @function
lookup_int8:
  dualentsp 4
  std r5, r4, sp[1]
  { sub r2, r2, r1 ; ldw r3, r0[arguments.input] }
  { add r3, r3, r1 ; bf r2, .Lbytes_done }
  { ldc r5, 0 ; ldw r11, r0[arguments.output] }
  { add r1, r11, r1 ; ldw r11, r0[arguments.table] }
  { sub r2, r2, 1 ; sub r1, r1, 1 }
.align 16
.Lbyte:                                 // one line: four packets
  { add r3, r3, 1 ; ld8u r4, r3[r5] }
  { add r1, r1, 1 ; ld8u r4, r11[r4] }
  st8 r4, r1[r5]
  { sub r2, r2, 1 ; bt r2, .Lbyte }
.Lbytes_done:
  ldd r5, r4, sp[1]
  retsp 4
.size lookup_int8, . - lookup_int8

.align 16
.globl lookup_word
.type lookup_word, @function
lookup_word:
  dualentsp 4
  std r5, r4, sp[1]
  { sub r2, r2, r1 ; ldw r3, r0[arguments.input] }
  { add r3, r3, r1 ; bf r2, .Lwords_done }
  { shl r1, r1, 2 ; ldw r11, r0[arguments.output] }
  { add r1, r11, r1 ; ldw r11, r0[arguments.table] }
  { sub r2, r2, 1 ; ldc r5, 0 }
.align 16
.Lword:
  { add r3, r3, 1 ; ld8u r4, r3[r5] }
  { ; ldw r4, r11[r4] }
  { add r1, r1, 4 ; stw r4, r1[0] }
  { sub r2, r2, 1 ; bt r2, .Lword }
.Lwords_done:
  ldd r5, r4, sp[1]
  retsp 4
.size lookup_word, . - lookup_word
