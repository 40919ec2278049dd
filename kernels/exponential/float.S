// SOFTMAX and LOGISTIC in float32: softmax_float(const SoftmaxFloatArguments *, begin, end, scratch) and
// logistic_float(const LogisticFloatArguments *, begin, end, scratch). See float_call.h.

.include "kernels/division/float.inc"

.set exponential.magic, 0               // words of exponential.constants (table.inc), ...
.set exponential.scale, 1
.set exponential.offset, 2
.set exponential.low, 3
.set exponential.middle, 4
.set exponential.high, 5
.set exponential.fifth, 6
.set exponential.fourth, 7
.set exponential.third, 8
.set exponential.second, 9
.set exponential.power, 10
.set exponential.infinity, 11
.set exponential.one, 48                // ... and from here on bytes: two words each
.set exponential.logistic, 56
.set exponential.table, 64

// exp(r0) in r0, rounded to nearest even. Uses r0 .. r8 and r11.
//
//   256 x = k ln2 + R - d        k an integer, d about ln2 / 2, R in 0 .. 0.7
//   exp(x) = 2^(k/256) e^(-d/256) (1 + q/256)      q = R + R^2 V, V = 1/512 (1 + s), s = R^3 .. R^5 of the series
//
// k comes as K = k + bias, with a bias whose product with -ln2 is d, and -R likewise, in arithmetic modulo 1: 64-bit
// fractions throughout, high word first. The table holds 2^(i/256) e^(-d/256), 63 bits behind the point.
.text
.issue_mode dual
.align 16
.type exponential, @function
exponential:
  ldap r11, exponential.constants
  fsexp r1, r2, r0                      // sign, exponent
  { ldc r4, 6 ; ldw r5, r11[exponential.magic] }
  { lss r4, r4, r2 ; ldw r6, r11[exponential.scale] }
  { ldc r8, 0 ; bt r4, .Lspecial }
  fmacc r5, r5, r0, r6                  // 256 x / ln2, rounded to an integer in the low bits
  fmant r3, r0
  { ldc r4, 17 ; ldw r6, r11[exponential.offset] }
  { sub r5, r5, r6 ; add r2, r2, r4 }   // K
  { shl r6, r3, r2 ; ldc r4, 32 }
  { add r2, r2, r4 ; ldw r7, r11[exponential.low] }
  { shl r3, r3, r2 ; bf r1, .Lpositive } // r6:r3 = 256 |x|
  { not r6, r6 ; neg r3, r3 }
  { eq r4, r3, r8 ; }
  { add r6, r6, r4 ; }
.Lpositive:
  lmul r1, r2, r5, r7, r8, r8           // K * -ln2 + 256 x
  { ; ldw r7, r11[exponential.middle] }
  lmul r1, r2, r5, r7, r1, r3
  { ; ldw r7, r11[exponential.high] }
  lmul r7, r3, r5, r7, r1, r6           // r3:r2 = R
  { ; ldw r1, r11[exponential.fifth] }
  lmul r1, r4, r3, r1, r8, r8
  { ; ldw r4, r11[exponential.fourth] }
  { add r1, r1, r4 ; ldw r6, r11[exponential.third] }
  lmul r1, r4, r3, r1, r8, r8
  { add r1, r1, r6 ; ldw r6, r11[exponential.second] }
  lmul r1, r4, r3, r1, r8, r8           // r1 = 512 s
  lmul r4, r7, r3, r2, r8, r8
  lmul r4, r7, r3, r3, r4, r4           // r4:r7 = R^2
  { ldc r0, 18 ; }
  { shr r0, r1, r0 ; }
  { add r6, r6, r0 ; ldc r0, 14 }
  { shl r1, r1, r0 ; }                  // r6:r1 = V
  lmul r0, r7, r6, r7, r8, r8
  lmul r1, r7, r1, r4, r7, r8
  lmul r0, r1, r6, r4, r0, r1           // R^2 V
  ladd r6, r1, r1, r2, r8
  ladd r6, r0, r0, r3, r6               // r0:r1 = q
  { mov r2, r5 ; }
  { zext r2, 8 ; }
  { add r2, r2, exponential.table / 8 ; }
  ldd r3, r2, r11[r2]                   // r3:r2 = 2^(K/256)
  lmul r4, r6, r3, r1, r8, r8
  lmul r1, r6, r2, r0, r6, r8
  lmul r0, r1, r3, r0, r4, r1
  { shl r4, r0, 24 ; shr r1, r1, 8 }
  { or r1, r1, r4 ; shr r0, r0, 8 }
  ladd r4, r1, r1, r2, r8
  ladd r4, r0, r0, r3, r4
  { shr r5, r5, 8 ; ldw r2, r11[exponential.power] }
  { sub r5, r5, r2 ; }
  fmake r0, r8, r5, r0, r1
  { ; retsp 0 }
.Lspecial:                              // 128 or more, or not a number
  feq r4, r0, r0
  { ; bf r4, .Lnot_a_number }
  { mov r0, r8 ; bt r1, .Lbelow }
  { ; ldw r0, r11[exponential.infinity] }
.Lbelow:
  { ; retsp 0 }
.Lnot_a_number:
  fadd r0, r0, r0
  { ; retsp 0 }

.size exponential, . - exponential

.set frame, 18          // words
.set frame.saved, 2     // r4 .. r10: 2 .. 8
.set frame.left, 9      // rows
.set frame.classes, 10
.set frame.beta, 11
.set frame.input, 12
.set frame.output, 13
.set frame.largest, 14
.set frame.sum, 15
.set frame.element, 16  // elements of the row left

.macro save
  std r5, r4, sp[1]
  std r7, r6, sp[2]
  std r9, r8, sp[3]
.endm

.macro return
  ldd r5, r4, sp[1]
  ldd r7, r6, sp[2]
  ldd r9, r8, sp[3]
  { ; ldw r10, sp[frame.saved + 6] }
  retsp frame
.endm

.set softmax.input, 0
.set softmax.output, 1
.set softmax.classes, 2
.set softmax.beta, 3

.align 16
.globl softmax_float
.type softmax_float, @function
softmax_float:
  dualentsp frame
  save
  { sub r2, r2, r1 ; stw r10, sp[frame.saved + 6] }
  { ; stw r2, sp[frame.left] }
  { ; bf r2, .Lsoftmax_done }
  { ; ldw r4, r0[softmax.classes] }
  { ; stw r4, sp[frame.classes] }
  mul r1, r1, r4
  { shl r1, r1, 2 ; ldw r5, r0[softmax.beta] }
  { ; stw r5, sp[frame.beta] }
  { ; ldw r9, r0[softmax.input] }
  { add r9, r9, r1 ; ldw r10, r0[softmax.output] }
  { add r10, r10, r1 ; }
.Lrow:                                  // r9 = input, r10 = output
  { ; ldw r0, sp[frame.classes] }
  { mov r1, r9 ; ldw r2, r9[0] }
  { ; stw r0, sp[frame.element] }
  { ; stw r10, sp[frame.output] }
.Llargest:
  { add r1, r1, 4 ; ldw r3, r1[0] }
  flt r4, r2, r3
  { sub r0, r0, 1 ; bf r4, .Lnot_larger }
  { mov r2, r3 ; }
.Lnot_larger:
  { ; bt r0, .Llargest }
  { ldc r0, 0 ; stw r2, sp[frame.largest] }
  { ; stw r0, sp[frame.sum] }
.Lexponential:
  { add r9, r9, 4 ; ldw r0, r9[0] }
  { ; ldw r1, sp[frame.largest] }
  fsub r0, r0, r1
  { ; ldw r1, sp[frame.beta] }
  fmul r0, r0, r1
  bl exponential
  { add r10, r10, 4 ; stw r0, r10[0] }
  { ; ldw r1, sp[frame.sum] }
  fadd r1, r1, r0
  { ; ldw r2, sp[frame.element] }
  { sub r2, r2, 1 ; stw r1, sp[frame.sum] }
  { ; stw r2, sp[frame.element] }
  { ; bt r2, .Lexponential }
  { ; ldw r10, sp[frame.output] }
  { ldc r3, 0 ; ldw r2, sp[frame.classes] }
  fsub r4, r1, r1
  { ; bt r4, .Lundefined }
  float_divisor r1, r5, r6
.Lquotient:
  { sub r2, r2, 1 ; ldw r0, r10[0] }
  float_quotient r0, r5, r6, r3, r4, r7, r8, r11
  { add r10, r10, 4 ; stw r0, r10[0] }
  { ; bt r2, .Lquotient }
.Lrow_done:
  { ; ldw r0, sp[frame.left] }
  { sub r0, r0, 1 ; }
  { ; stw r0, sp[frame.left] }
  { ; bt r0, .Lrow }
.Lsoftmax_done:
  return
.Lundefined:                            // the sum is not a number
  { sub r2, r2, 1 ; stw r4, r10[0] }
  { add r10, r10, 4 ; bt r2, .Lundefined }
  { ; bu .Lrow_done }
.size softmax_float, . - softmax_float

.set logistic.input, 0
.set logistic.output, 1

// As the reference: 1 above 16.619047, exp(x) below -9, else 1 / (1 + exp(-x)).
.align 16
.globl logistic_float
.type logistic_float, @function
logistic_float:
  dualentsp frame
  save
  { sub r2, r2, r1 ; stw r10, sp[frame.saved + 6] }
  { ; stw r2, sp[frame.left] }
  { shl r1, r1, 2 ; bf r2, .Llogistic_done }
  { ; ldw r9, r0[logistic.input] }
  { add r9, r9, r1 ; ldw r10, r0[logistic.output] }
  { add r10, r10, r1 ; }
.Lelement:
  ldap r11, exponential.constants
  { add r9, r9, 4 ; ldw r0, r9[0] }
  ldd r2, r1, r11[exponential.logistic / 8] // lower and upper bound
  flt r3, r2, r0
  { ; bt r3, .Lone }
  flt r3, r0, r1
  { ldc r2, 0 ; bt r3, .Lexponential_only }
  fsub r0, r2, r0
  bl exponential
  ldap r11, exponential.constants
  ldd r2, r1, r11[exponential.one / 8]
  fadd r2, r1, r0
  fsub r3, r2, r2
  { mov r0, r1 ; bt r3, .Lnan }
  float_divisor r2, r5, r6
  { ldc r3, 0 ; }
  float_quotient r0, r5, r6, r3, r4, r7, r8, r11
.Lstore:
  { add r10, r10, 4 ; stw r0, r10[0] }
  { ; ldw r0, sp[frame.left] }
  { sub r0, r0, 1 ; }
  { ; stw r0, sp[frame.left] }
  { ; bt r0, .Lelement }
.Llogistic_done:
  return
.Lone:
  ldd r1, r0, r11[exponential.one / 8]
  { ; bu .Lstore }
.Lexponential_only:
  bl exponential
  { ; bu .Lstore }
.Lnan:
  { mov r0, r2 ; bu .Lstore }
.size logistic_float, . - logistic_float

.include "kernels/exponential/table.inc"
