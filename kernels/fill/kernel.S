// fill_words(const FillArguments *, begin, end, scratch): see call.h.

.set arguments.output, 0
.set arguments.value, 1

.text
.issue_mode dual
.align 16
.globl fill_words
.type fill_words, @function
fill_words:
  dualentsp 0
  { sub r2, r2, r1 ; ldw r3, r0[arguments.output] }
  { shl r1, r1, 2 ; bf r2, .Ldone }
  { add r3, r3, r1 ; ldw r0, r0[arguments.value] }
  { sub r2, r2, 1 ; }
.align 16
.Lword:
  { add r3, r3, 4 ; stw r0, r3[0] }
  { sub r2, r2, 1 ; bt r2, .Lword }
.Ldone:
  retsp 0
.size fill_words, . - fill_words
