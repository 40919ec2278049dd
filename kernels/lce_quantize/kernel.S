// LceQuantize: lce_quantize_int8, lce_quantize_int8_pixels, lce_quantize_float and lce_quantize_bool(const
// LceQuantizeArguments *, begin, end, scratch). See call.h.

.set arguments.input, 0
.set arguments.output, 1
.set arguments.constants, 2
.set arguments.zeroPoint, 3
.set arguments.channels, 4
.set arguments.words, 5

// 32 channels: their distances to the zero point (r11), saturated, keep their signs; those are the word. r3 = input,
// r1 = output - 4, r0 = 4, r2 = 32, r5 = mask of 4 bytes.
.macro quantize_word
  { ; vldr r11[0] }
  { add r3, r3, r2 ; vlsub r3[0] }
  { add r1, r1, r0 ; vdepth1 }
  vstrpv r1[0], r5
.endm

.text
.issue_mode dual
.align 16
.globl lce_quantize_int8
.type lce_quantize_int8, @function
lce_quantize_int8:
  dualentsp 4
  std r5, r4, sp[1]
  { sub r2, r2, r1 ; ldw r3, r0[arguments.input] }
  { shl r5, r1, 5 ; ldw r4, r0[arguments.output] }
  { add r3, r3, r5 ; shl r1, r1, 2 }
  { add r1, r4, r1 ; mov r4, r2 }
  { sub r1, r1, 4 ; mkmsk r5, 4 }
  ldc r11, 0x200                        // 8-bit mode
  { ldc r2, 32 ; vsetc r11 }
  { ldc r0, 4 ; ldw r11, r0[arguments.constants] }
  { lsu r0, r4, r0 ; }
  { ldc r0, 4 ; bt r0, .Lrest }
.align 16
.Lfour:
  .rept 4
  quantize_word
  .endr
  { sub r4, r4, r0 ; }
  { lsu r5, r4, r0 ; }
  { mkmsk r5, 4 ; bf r5, .Lfour }
.Lrest:
  { sub r4, r4, 1 ; bf r4, .Ldone }
  quantize_word
  { ; bu .Lrest }
.Ldone:
  ldd r5, r4, sp[1]
  retsp 4
.size lce_quantize_int8, . - lce_quantize_int8

// One pixel after the other, one channel after the other: r3 = input, r4 = output, r5 = pixels left, r0 = arguments,
// r6 = channels left, r7 = word, r8 = bit, r9 = zero point or float 0, r10 = 0. `bit` makes r11 = 0 or 1 of the next
// channel and advances r3.
.macro quantize_pixels elementShift, zeroPoint, bit
  dualentsp 10
  std r5, r4, sp[1]
  std r7, r6, sp[2]
  std r9, r8, sp[3]
  { sub r5, r2, r1 ; stw r10, sp[8] }
  { ldc r10, 0 ; bf r5, .Lpixels_done\@ }
  { ; ldw r6, r0[arguments.channels] }
  mul r6, r6, r1
  { ; ldw r3, r0[arguments.input] }
  { ldc r11, \elementShift ; ldw r9, r0[\zeroPoint] }
  { shl r6, r6, r11 ; ldw r4, r0[arguments.output] }
  { add r3, r3, r6 ; ldw r6, r0[arguments.words] }
  mul r6, r6, r1
  { shl r6, r6, 2 ; }
  { add r4, r4, r6 ; }
.Lpixel\@:
  { ; ldw r6, r0[arguments.channels] }
.Lword\@:
  { ldc r7, 0 ; ldc r8, 0 }
.Lbit\@:
  \bit
  { shl r11, r11, r8 ; add r8, r8, 1 }
  { or r7, r7, r11 ; sub r6, r6, 1 }
  { shr r11, r8, 5 ; bf r6, .Lpixel_end\@ }
  { ; bf r11, .Lbit\@ }
  { add r4, r4, 4 ; stw r7, r4[0] }
  { ; bu .Lword\@ }
.Lpixel_end\@:
  { sub r5, r5, 1 ; stw r7, r4[0] }
  { add r4, r4, 4 ; bt r5, .Lpixel\@ }
.Lpixels_done\@:
  ldd r5, r4, sp[1]
  ldd r7, r6, sp[2]
  ldd r9, r8, sp[3]
  { ; ldw r10, sp[8] }
  retsp 10
.endm

.macro int8_bit
  { add r3, r3, 1 ; ld8u r11, r3[r10] }
  { sext r11, 8 ; }
  { lss r11, r11, r9 ; }
.endm

.macro float_bit
  { add r3, r3, 4 ; ldw r11, r3[0] }
  flt r11, r11, r10
.endm

.macro bool_bit
  { add r3, r3, 1 ; ld8u r11, r3[r10] }
  { eq r11, r11, 0 ; }
.endm

.align 16
.globl lce_quantize_int8_pixels
.type lce_quantize_int8_pixels, @function
lce_quantize_int8_pixels:
  quantize_pixels 0, arguments.zeroPoint, int8_bit
.size lce_quantize_int8_pixels, . - lce_quantize_int8_pixels

.align 16
.globl lce_quantize_float
.type lce_quantize_float, @function
lce_quantize_float:
  quantize_pixels 2, arguments.zeroPoint, float_bit
.size lce_quantize_float, . - lce_quantize_float

.align 16
.globl lce_quantize_bool
.type lce_quantize_bool, @function
lce_quantize_bool:
  quantize_pixels 0, arguments.zeroPoint, bool_bit
.size lce_quantize_bool, . - lce_quantize_bool
