// LceBMaxPool2d: bmaxpool2d(const Bmaxpool2dArguments *, begin, end, scratch). See call.h.
//
// Every output word is the AND of the words of its window, which is cut to the image first.

.set arguments.input, 0
.set arguments.output, 1
.set arguments.words, 2
.set arguments.outputHeight, 3
.set arguments.outputWidth, 4
.set arguments.inputHeight, 5
.set arguments.inputWidth, 6
.set arguments.strideHeight, 7
.set arguments.strideWidth, 8
.set arguments.top, 9
.set arguments.left, 10
.set arguments.tapRows, 11
.set arguments.tapColumns, 12

.set frame, 18         // words
.set frame.arguments, 1
.set frame.unit, 2
.set frame.end, 3
.set frame.output, 4
.set frame.saved, 8    // r4 .. r10: 8 .. 14
.set frame.words, 15   // left of the pixel

// first, count: of the taps along one axis that lie inside, for the output place `place`. Uses r11 and r10.
.macro cut place, stride, before, taps, size, first, count
  { ; ldw r11, r0[\stride] }
  mul \first, \place, r11
  { ; ldw r11, r0[\before] }
  { sub \first, \first, r11 ; ldc r11, \taps }
  { ; ldw \count, r0[r11] }
  { add \count, \first, \count ; ldw r11, r0[\size] }   // behind the last
  { lss r10, r11, \count ; }
  { ; bf r10, .Lend_inside\@ }
  { mov \count, r11 ; }
.Lend_inside\@:
  { ldc r10, 0 ; }
  { lss r11, \first, r10 ; }
  { ; bf r11, .Lbegin_inside\@ }
  { mov \first, r10 ; }
.Lbegin_inside\@:
  { sub \count, \count, \first ; }
.endm

.text
.issue_mode dual
.align 16
.globl bmaxpool2d
.type bmaxpool2d, @function
bmaxpool2d:
  dualentsp frame
  std r5, r4, sp[4]
  std r7, r6, sp[5]
  std r9, r8, sp[6]
  { lsu r11, r1, r2 ; stw r10, sp[frame.saved + 6] }
  { ; stw r0, sp[frame.arguments] }
  { ; stw r1, sp[frame.unit] }
  { ; stw r2, sp[frame.end] }
  { ; bf r11, .Ldone }
  { ; ldw r3, r0[arguments.words] }
  mul r4, r1, r3
  { shl r4, r4, 2 ; ldw r5, r0[arguments.output] }
  { add r5, r5, r4 ; }
  { ; stw r5, sp[frame.output] }
.Lpixel:
  // r4 = image, r5 = row, r6 = column of the output
  { ; ldw r11, r0[arguments.outputWidth] }
  divu r5, r1, r11
  mul r10, r5, r11
  { sub r6, r1, r10 ; ldw r11, r0[arguments.outputHeight] }
  divu r4, r5, r11
  mul r10, r4, r11
  { sub r5, r5, r10 ; }
  // r2 = first row and r7 = rows, r3 = first column and r8 = columns of the window inside of the image
  cut r5, arguments.strideHeight, arguments.top, arguments.tapRows, arguments.inputHeight, r2, r7
  cut r6, arguments.strideWidth, arguments.left, arguments.tapColumns, arguments.inputWidth, r3, r8
  { ; ldw r10, r0[arguments.inputHeight] }
  mul r4, r4, r10
  { add r4, r4, r2 ; ldw r10, r0[arguments.inputWidth] }
  mul r4, r4, r10
  { add r4, r4, r3 ; ldw r9, r0[arguments.words] }
  mul r4, r4, r9
  { shl r4, r4, 2 ; ldw r11, r0[arguments.input] }
  { add r4, r4, r11 ; shl r2, r9, 2 }   // r4 = the window's first word; r2 = bytes of a pixel
  mul r10, r10, r2                      // bytes of a row
  { ; ldw r3, sp[frame.output] }
  { ; stw r9, sp[frame.words] }
  // r0 = word, r1 = tap, r2 = pixel bytes, r3 = output, r4 = window, r5 = row, r6 = rows left, r7 = rows, r8 = columns,
  // r9 = a tap's word, r10 = row bytes, r11 = columns left
.Lword:
  { mov r5, r4 ; mov r6, r7 }
  { mkmsk r0, 32 ; }
.Lrow:
  { mov r1, r5 ; sub r11, r8, 1 }
  { add r5, r5, r10 ; sub r6, r6, 1 }
.Ltap:
  { add r1, r1, r2 ; ldw r9, r1[0] }
  { and r0, r0, r9 ; }
  { sub r11, r11, 1 ; bt r11, .Ltap }
  { ; bt r6, .Lrow }
  { add r4, r4, 4 ; stw r0, r3[0] }
  { add r3, r3, 4 ; ldw r9, sp[frame.words] }
  { sub r9, r9, 1 ; }
  { ; stw r9, sp[frame.words] }
  { ; bt r9, .Lword }
  { ; stw r3, sp[frame.output] }
  { ; ldw r0, sp[frame.arguments] }
  { ; ldw r1, sp[frame.unit] }
  { add r1, r1, 1 ; ldw r2, sp[frame.end] }
  { eq r3, r1, r2 ; stw r1, sp[frame.unit] }
  { ; bf r3, .Lpixel }
.Ldone:
  ldd r5, r4, sp[4]
  ldd r7, r6, sp[5]
  ldd r9, r8, sp[6]
  { ; ldw r10, sp[frame.saved + 6] }
  retsp frame
.size bmaxpool2d, . - bmaxpool2d
