// LceQuantize of float32 pixels that are whole words: lce_quantize_float_words(const LceQuantizeArguments *, begin, end,
// scratch). See call.h.
//
//   r0 input   r1 output   r2 words left   r3 bits so far, the first element's the highest   r4, r5 two elements
//   r6 0   r7 turns of the word left   r11 32

.set arguments.input, 0
.set arguments.output, 1

// Takes two elements in; the next two are at words `a` and `b`.
.macro two_elements a, b
  flt r4, r4, r6
  flt r5, r5, r6
  { add r4, r4, r4 ; shl r3, r3, 2 }
  { or r4, r4, r5 ; ldw r5, r0[\b] }
  { or r3, r3, r4 ; ldw r4, r0[\a] }
.endm

.text
.issue_mode dual
.align 16
.globl lce_quantize_float_words
.type lce_quantize_float_words, @function
lce_quantize_float_words:
  dualentsp 6
  std r5, r4, sp[1]
  std r7, r6, sp[2]
  { sub r2, r2, r1 ; ldw r3, r0[arguments.input] }
  { shl r5, r1, 7 ; bf r2, .Ldone }
  { shl r1, r1, 2 ; ldw r4, r0[arguments.output] }
  { add r0, r3, r5 ; add r1, r1, r4 }
  { ldc r6, 0 ; ldw r4, r0[0] }
  { ldc r7, 3 ; ldw r5, r0[1] }
  { ldc r11, 32 ; ldc r3, 0 }
  { ; bu .Leight }
.align 16
.Leight:                                // 22 slots for 8 elements
  two_elements 2, 3
  two_elements 4, 5
  two_elements 6, 7
  flt r4, r4, r6
  flt r5, r5, r6
  { add r4, r4, r4 ; shl r3, r3, 2 }
  { or r4, r4, r5 ; add r0, r0, r11 }
  { or r3, r3, r4 ; ldw r4, r0[0] }
  { ; ldw r5, r0[1] }
  { sub r7, r7, 1 ; bt r7, .Leight }
  bitrev r3, r3
  { sub r2, r2, 1 ; stw r3, r1[0] }
  { add r1, r1, 4 ; ldc r7, 3 }
  { ldc r3, 0 ; bt r2, .Leight }
.Ldone:
  ldd r5, r4, sp[1]
  ldd r7, r6, sp[2]
  retsp 6
.size lce_quantize_float_words, . - lce_quantize_float_words
