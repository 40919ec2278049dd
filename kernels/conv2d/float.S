// CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED in float32: conv2d_float(const Conv2dFloatArguments *, begin, end,
// scratch). See float_call.h.
//
//   r0 filter row   r1 input   r2 filter   r3 input tap   r4 filter tap   r5 elements left   r6 sum   r9 input row
//   r10 rows left   r11 taps left   r7, r8 temporary

.set frame, 58          // words
.set frame.left, 1      // outputs still to do
.set frame.output, 2
.set frame.pixel, 3
.set frame.channel, 4
.set frame.window, 5    // first tap inside of the image: in the input, its channel 0, ...
.set frame.filter, 6    // ... and in the filter of channel 0
.set frame.rows, 7      // taps inside of the image
.set frame.saved, 8     // r4 .. r10: 8 .. 14
.set frame.columns, 15
.set frame.run, 16      // elements of the innermost loop
.set frame.source, 17   // frame.window, at the channels that the output reads
.set frame.sourceLeft, 18 // outputs that still read them

.set arguments, 20      // their copy in the frame
.set arguments.input, arguments
.set arguments.output, arguments + 1
.set arguments.filter, arguments + 2
.set arguments.bias, arguments + 3
.set arguments.low, arguments + 4
.set arguments.high, arguments + 5
.set arguments.channels, arguments + 6
.set arguments.outputHeight, arguments + 7
.set arguments.outputWidth, arguments + 8
.set arguments.inputHeight, arguments + 9
.set arguments.inputWidth, arguments + 10
.set arguments.strideHeight, arguments + 11
.set arguments.strideWidth, arguments + 12
.set arguments.top, arguments + 13
.set arguments.left, arguments + 14
.set arguments.tapRows, arguments + 15
.set arguments.tapColumns, arguments + 16
.set arguments.dilationHeight, arguments + 17
.set arguments.dilationWidth, arguments + 18
.set arguments.depth, arguments + 19
.set arguments.pixelBytes, arguments + 20
.set arguments.rowBytes, arguments + 21
.set arguments.imageBytes, arguments + 22
.set arguments.tapStep, arguments + 23
.set arguments.tapRowStep, arguments + 24
.set arguments.filterChannel, arguments + 25
.set arguments.filterRow, arguments + 26
.set arguments.filterTap, arguments + 27
.set arguments.outputsPerSource, arguments + 28
.set arguments.sourceStep, arguments + 29
.set arguments.solid, arguments + 30

// For the output place `place`: which taps along one axis lie inside of the image. Leaves count; moves r8 and r9 to the
// first of them. Uses r0, r4, r10, r11.
.macro taps_inside place, stride, before, dilation, taps, size, inputBytes, filterBytes, count
  { ; ldw r4, sp[\stride] }
  mul \place, \place, r4
  { ; ldw r4, sp[\before] }
  { sub \place, \place, r4 ; ldw r4, sp[\dilation] }
  { ldc r0, 0 ; ldw r11, sp[\size] }
  { lss r10, \place, r0 ; sub r11, r11, \place }
  { sub r11, r11, 1 ; bf r10, .Lbegin_inside\@ }
  { neg r0, \place ; }                  // first tap: the distance to the image, rounded up
  { add r0, r0, r4 ; }
  { sub r0, r0, 1 ; }
  divu r0, r0, r4
.Lbegin_inside\@:
  { ldc \count, 0 ; }
  { lss r10, r11, \count ; }
  { ; bt r10, .Lcounted\@ }             // the window begins behind the image
  divu \count, r11, r4
  { add \count, \count, 1 ; ldw r11, sp[\taps] }
  { lss r10, r11, \count ; }
  { ; bf r10, .Lend_inside\@ }
  { mov \count, r11 ; }
.Lend_inside\@:
  { lss r10, r0, \count ; }
  { sub \count, \count, r0 ; bt r10, .Lcounted\@ }
  { ldc \count, 0 ; }
.Lcounted\@:
  mul r10, r0, r4
  { add \place, \place, r10 ; ldw r4, sp[\inputBytes] }
  mul \place, \place, r4
  { add r8, r8, \place ; ldw r4, sp[\filterBytes] }
  mul r0, r0, r4
  { add r9, r9, r0 ; }
.endm

.text
.issue_mode dual
.align 16
.globl conv2d_float
.type conv2d_float, @function
conv2d_float:
  dualentsp frame
  std r5, r4, sp[4]
  std r7, r6, sp[5]
  std r9, r8, sp[6]
  { sub r2, r2, r1 ; stw r10, sp[frame.saved + 6] }
  { ldc r3, 30 ; stw r2, sp[frame.left] }
  { ; bf r2, .Ldone }
  { ldaw r4, sp[arguments] ; }
.Largument:
  { add r0, r0, 4 ; ldw r5, r0[0] }
  { add r4, r4, 4 ; stw r5, r4[0] }
  { sub r3, r3, 1 ; bt r3, .Largument }
  { shl r3, r1, 2 ; ldw r4, sp[arguments.output] }
  { add r3, r3, r4 ; ldw r4, sp[arguments.channels] }
  { ; stw r3, sp[frame.output] }
  divu r5, r1, r4
  mul r6, r5, r4
  { sub r6, r1, r6 ; stw r5, sp[frame.pixel] }
  { ; stw r6, sp[frame.channel] }
.Lpixel:
  { ; ldw r5, sp[frame.pixel] }
  { ; ldw r4, sp[arguments.outputWidth] }
  divu r6, r5, r4
  mul r7, r6, r4
  { sub r7, r5, r7 ; ldw r4, sp[arguments.outputHeight] } // column
  divu r8, r6, r4
  mul r9, r8, r4
  { sub r6, r6, r9 ; ldw r4, sp[arguments.imageBytes] }   // row
  mul r8, r8, r4
  { ; ldw r4, sp[arguments.input] }
  { add r8, r8, r4 ; ldw r9, sp[arguments.filter] }
  taps_inside r6, arguments.strideHeight, arguments.top, arguments.dilationHeight, arguments.tapRows, arguments.inputHeight, arguments.rowBytes, arguments.filterRow, r1
  taps_inside r7, arguments.strideWidth, arguments.left, arguments.dilationWidth, arguments.tapColumns, arguments.inputWidth, arguments.pixelBytes, arguments.filterTap, r2
  { ; stw r8, sp[frame.window] }
  { ; bt r2, .Lsome }
  { ldc r1, 0 ; }
.Lsome:
  { ; stw r9, sp[frame.filter] }
  { ; stw r1, sp[frame.rows] }
  { ; ldw r4, sp[arguments.solid] }
  { ; ldw r5, sp[arguments.depth] }
  { ; bf r4, .Lruns }
  mul r5, r5, r2
  { ldc r2, 1 ; }
.Lruns:
  { sub r5, r5, 1 ; stw r2, sp[frame.columns] }
  { ; stw r5, sp[frame.run] }
  { ; ldw r0, sp[frame.channel] }
  { ; ldw r4, sp[arguments.outputsPerSource] }
  divu r5, r0, r4
  mul r6, r5, r4
  { sub r6, r0, r6 ; ldw r7, sp[arguments.sourceStep] }
  { sub r6, r4, r6 ; }
  mul r5, r5, r7
  { add r8, r8, r5 ; stw r6, sp[frame.sourceLeft] }
  { ; stw r8, sp[frame.source] }
.Lchannel:
  { ; ldw r4, sp[frame.channel] }
  { ; ldw r5, sp[arguments.filterChannel] }
  mul r4, r4, r5
  { ldc r6, 0 ; ldw r0, sp[frame.filter] }
  { add r0, r0, r4 ; ldw r10, sp[frame.rows] }
  { ; ldw r9, sp[frame.source] }
  { ; bf r10, .Lsummed }
.Lrow:
  { mov r3, r9 ; ldw r11, sp[frame.columns] }
  { mov r4, r0 ; }
.Ltap:
  { mov r1, r3 ; ldw r5, sp[frame.run] }
  { mov r2, r4 ; bu .Lelement }
.align 16
.Lelement:
  { add r1, r1, 4 ; ldw r7, r1[0] }
  { add r2, r2, 4 ; ldw r8, r2[0] }
  fmul r7, r7, r8
  fadd r6, r6, r7
  { sub r5, r5, 1 ; bt r5, .Lelement }
  { sub r11, r11, 1 ; ldw r7, sp[arguments.tapStep] }
  { add r3, r3, r7 ; ldw r7, sp[arguments.filterTap] }
  { add r4, r4, r7 ; bt r11, .Ltap }
  { sub r10, r10, 1 ; ldw r7, sp[arguments.tapRowStep] }
  { add r9, r9, r7 ; ldw r7, sp[arguments.filterRow] }
  { add r0, r0, r7 ; bt r10, .Lrow }
.Lsummed:
  { ; ldw r0, sp[frame.channel] }
  { ; ldw r1, sp[arguments.bias] }
  { ; ldw r1, r1[r0] }
  fadd r6, r6, r1
  { ; ldw r1, sp[arguments.low] }
  flt r2, r6, r1
  { ; bt r2, .Lclamp }
  { ; ldw r1, sp[arguments.high] }
  flt r2, r1, r6
  { ; bt r2, .Lclamp }
.Lstore:
  { ; ldw r3, sp[frame.output] }
  { add r3, r3, 4 ; stw r6, r3[0] }
  { ; stw r3, sp[frame.output] }
  { ; ldw r1, sp[frame.left] }
  { sub r1, r1, 1 ; ldw r2, sp[arguments.channels] }
  { add r0, r0, 1 ; stw r1, sp[frame.left] }
  { ; bf r1, .Ldone }
  { eq r2, r0, r2 ; ldw r3, sp[frame.sourceLeft] }
  { sub r3, r3, 1 ; stw r0, sp[frame.channel] }
  { ; bt r2, .Lnext_pixel }
  { ; stw r3, sp[frame.sourceLeft] }
  bt r3, .Lchannel
  { ; ldw r3, sp[arguments.outputsPerSource] }
  { ; stw r3, sp[frame.sourceLeft] }
  { ; ldw r3, sp[frame.source] }
  { ; ldw r4, sp[arguments.sourceStep] }
  { add r3, r3, r4 ; }
  { ; stw r3, sp[frame.source] }
  bu .Lchannel
.Lclamp:
  { mov r6, r1 ; bu .Lstore }
.Lnext_pixel:
  { ldc r0, 0 ; ldw r5, sp[frame.pixel] }
  { add r5, r5, 1 ; stw r0, sp[frame.channel] }
  { ; stw r5, sp[frame.pixel] }
  bu .Lpixel
.Ldone:
  ldd r5, r4, sp[4]
  ldd r7, r6, sp[5]
  ldd r9, r8, sp[6]
  { ; ldw r10, sp[frame.saved + 6] }
  retsp frame
.size conv2d_float, . - conv2d_float
