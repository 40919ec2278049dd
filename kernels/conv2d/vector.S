// CONV_2D, int8, scaled on the vector unit: conv2d_int8_vector(const Conv2dVectorArguments *, begin, end, scratch). See
// call.h, VectorScale.
//
// 32 channels a turn, as four vectors of 8 that end in bytes 3, 2, 1 and 0 of the words of the output: two rings of 16,
// of each first the odd lanes, then the even ones. The halves of an accumulator come together by two stores, the ring
// turned by one lane between them; then, in 32-bit mode, the accumulator times 2^left is multiplied, its sign adds or
// subtracts a little (ties away from zero), and a shift leaves y * 256 + something, whose saturation at 2^31 behind a
// left shift by 16 is that of y at -128 and 127, y being the highest byte.
//
//   ring:     see ring.inc
//   scaling:  r0 scratch   r1 scales   r3 output   r4 32   r5 odd lanes   r6 even lanes   r7 more scratch
//             r8 byte masks   r10 window   r2, r9, r11 temporary

.include "kernels/conv2d/ring.inc"

.set arguments.scales, 4
.set arguments.left, 5
.set arguments.clamps, 6
.set arguments.blocks, 7
.set arguments.zeros, 8

.set scratch.window, 192                // before it: 32 bytes, two vectors of accumulators, one more

.set frame.scales, frame.free
.set frame.blocks, frame.free + 1
.set frame.minusLeft, frame.free + 2
.set frame.clamps, frame.free + 3
.set frame.zeros, frame.free + 4
.set frame.out, frame.free + 5

// Adds 0x\half\half... to a register: r8 = a 16-bit pattern twice. Uses r2.
.macro pattern register, half
  ldc \register, \half
  { shl r2, \register, 16 ; }
  { or \register, \register, r2 ; }
.endm

// From the ring to 32-bit accumulators: odd lanes at r5, even lanes at r6. Ends in 32-bit mode, r1 = scales.
.macro recombine
  pattern r8, 0x3333
  { ; stw r1, sp[frame.weights] }
  { ; ldw r0, sp[frame.scratch] }
  { add r5, r0, r4 ; ldw r9, sp[frame.zeros] }
  { add r6, r5, r4 ; vstd r5[0] }       // upper halves where odd lanes have them
  { add r7, r6, r4 ; }
  { mov r11, r7 ; vstr r7[0] }
  { ; vldc r9[0] }
  { sub r9, r5, 4 ; vlmaccr r9[0] }     // adds nothing
  { mkmsk r2, 2 ; vstd r6[0] }          // upper halves of the even lanes
  vstrpv r9[0], r8                      // lower halves of the odd lanes, one lane up: a word lower
  { add r9, r9, r4 ; }
  vstrpv r9[0], r2                      // the last one has come round
  { ldc r11, 0 ; vldr r11[0] }
  vstrpv r6[0], r8
  { ; vsetc r11 }
  { ; ldw r1, sp[frame.scales] }
.endm

// y * 2^24 + something of 8 accumulators at `lanes`, left in vR.
.macro scale lanes
  { ; ldw r9, sp[frame.minusLeft] }
  vlashr \lanes[0], r9
  { ; vstr \lanes[0] }
  { ; vsign }
  { ; vstr r7[0] }
  { add r1, r1, r4 ; vldd r1[0] }
  { mov r11, r1 ; vldc \lanes[0] }
  { add r1, r1, r4 ; vldr r11[0] }
  { add r1, r1, r4 ; vlmacc r1[0] }
  { ; vldc r7[0] }
  { add r1, r1, r4 ; vlmacc r1[0] }
  { add r1, r1, r4 ; vlsat r1[0] }
  { ldc r9, 16 ; vstr \lanes[0] }
  { neg r9, r9 ; ldw r2, sp[frame.clamps] }
  { ; bt r2, .Lclamp\@ }
  vlashr \lanes[0], r9
  { ; bu .Lscaled\@ }
.Lclamp\@:                             // at half the scale: low + (range - max(range - max(y - low, 0), 0))
  { add r9, r9, 1 ; }
  vlashr \lanes[0], r9
  { add r2, r2, r4 ; vladd r2[0] }
  { mkmsk r9, 32 ; vpos }
  { add r2, r2, r4 ; vlsub r2[0] }
  { ; vpos }
  { ; vlsub r2[0] }
  { ; vstr \lanes[0] }
  vlashr \lanes[0], r9
.Lscaled\@:
.endm

// Stores vR's highest bytes `down` bits lower, where the pattern's bits are.
.macro store_bytes lanes, down, half
  { ldc r9, \down ; vstr \lanes[0] }
  vlashr \lanes[0], r9
  pattern r9, \half
  vstrpv r3[0], r9
.endm

.text
.issue_mode dual
.align 16
.globl conv2d_int8_vector
.type conv2d_int8_vector, @function
conv2d_int8_vector:
  dualentsp frame
  window_begin .Ldone
  { ; ldw r0, sp[frame.arguments] }
  { ; ldw r1, r0[arguments.left] }
  { neg r1, r1 ; }
  { ; stw r1, sp[frame.minusLeft] }
  { ; ldw r1, r0[arguments.clamps] }
  { ; stw r1, sp[frame.clamps] }
  { ; ldw r1, r0[arguments.zeros] }
  { ; stw r1, sp[frame.zeros] }
.Lpixel:
  int8_window
  { ; ldw r1, r0[arguments.scales] }
  { ; stw r1, sp[frame.scales] }
  { ; ldw r1, r0[arguments.blocks] }
  { ; stw r1, sp[frame.blocks] }
  { ; ldw r1, sp[frame.output] }
  { ; stw r1, sp[frame.out] }
  { ; ldw r11, r0[arguments.starts] }
  { ; stw r11, sp[frame.starts] }
  { ; ldw r1, r0[arguments.weights] }
.Lblock:
  ldc r11, 0x200                        // 8-bit mode
  { ; vsetc r11 }
  { ; ldw r11, sp[frame.starts] }
  int8_ring
  recombine
  { ; ldw r3, sp[frame.out] }
  scale r5
  { ; vstr r3[0] }
  scale r6
  store_bytes r6, 8, 0x4444
  { ; stw r1, sp[frame.scales] }
  { ; ldw r1, sp[frame.weights] }
  ldc r11, 0x200
  { ; vsetc r11 }
  { ; ldw r11, sp[frame.starts] }
  int8_ring
  recombine
  scale r5
  store_bytes r5, 16, 0x2222
  scale r6
  store_bytes r6, 24, 0x1111
  { add r3, r3, r4 ; stw r1, sp[frame.scales] }
  { ; stw r3, sp[frame.out] }
  { ; ldw r1, sp[frame.blocks] }
  { sub r2, r1, 1 ; }
  { ; stw r2, sp[frame.blocks] }
  { ; ldw r1, sp[frame.weights] }
  { ; bt r2, .Lblock }
  window_next .Lpixel
.Ldone:
  window_return
.size conv2d_int8_vector, . - conv2d_int8_vector
