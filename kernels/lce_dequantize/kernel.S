// LceDequantize: lce_dequantize_words and lce_dequantize_bytes(const LceDequantizeArguments *, begin, end, scratch).
// See call.h.
//
//   r0 channels of a pixel   r1 input   r2 pixels left   r3 output   r4 values   r5 channels left   r6 word
//   r7 channels of the word left   r8 value   r9 0   r11 bit

.set arguments.input, 0
.set arguments.output, 1
.set arguments.values, 2
.set arguments.channels, 3
.set arguments.words, 4

// `store` writes r8 and advances r3.
.macro dequantize_pixels elementShift, store
  dualentsp 8
  std r5, r4, sp[1]
  std r7, r6, sp[2]
  std r9, r8, sp[3]
  { sub r2, r2, r1 ; ldw r5, r0[arguments.channels] }
  { ldc r9, 0 ; bf r2, .Ldone\@ }
  mul r3, r5, r1
  { ldc r4, \elementShift ; ldw r6, r0[arguments.output] }
  { shl r3, r3, r4 ; ldw r4, r0[arguments.words] }
  mul r1, r1, r4
  { shl r1, r1, 2 ; ldw r4, r0[arguments.input] }
  { add r1, r1, r4 ; ldw r4, r0[arguments.values] }
  { add r3, r3, r6 ; mov r0, r5 }
.Lpixel\@:
  { mov r5, r0 ; sub r2, r2, 1 }
.Lword\@:
  { ldc r7, 32 ; ldw r6, r1[0] }
  { lsu r11, r7, r5 ; add r1, r1, 4 }
  { ; bt r11, .Lcounted\@ }
  { mov r7, r5 ; }
.Lcounted\@:
  { sub r5, r5, r7 ; bu .Lbit\@ }
.align 16
.Lbit\@:
  { mov r11, r6 ; shr r6, r6, 1 }
  { zext r11, 1 ; sub r7, r7, 1 }
  { ; ldw r8, r4[r11] }
  \store
  { ; bt r7, .Lbit\@ }
  { ; bt r5, .Lword\@ }
  { ; bt r2, .Lpixel\@ }
.Ldone\@:
  ldd r5, r4, sp[1]
  ldd r7, r6, sp[2]
  ldd r9, r8, sp[3]
  retsp 8
.endm

.macro store_word
  { add r3, r3, 4 ; stw r8, r3[0] }
.endm

.macro store_byte
  st8 r8, r3[r9]
  { add r3, r3, 1 ; }
.endm

.text
.issue_mode dual
.align 16
.globl lce_dequantize_words
.type lce_dequantize_words, @function
lce_dequantize_words:
  dequantize_pixels 2, store_word
.size lce_dequantize_words, . - lce_dequantize_words

.align 16
.globl lce_dequantize_bytes
.type lce_dequantize_bytes, @function
lce_dequantize_bytes:
  dequantize_pixels 0, store_byte
.size lce_dequantize_bytes, . - lce_dequantize_bytes
