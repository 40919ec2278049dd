// small.tflite as an XS3 program, made by xs3 compile.
// Build it again: xs3 asm network.S -o network.o && xs3 link network.o -o network.xe
    .file "network.S"

    .text
    .issue_mode single
    .globl main
    .type main, @function
    .align 4
main:
    entsp_lu6 2

    // RESHAPE: int8 1x2x2x4 -> int8 1x16
    .globl layer.000_RESHAPE, layer.000_RESHAPE.end
layer.000_RESHAPE:
    // The same bytes in the same place: nothing to do.
layer.000_RESHAPE.end:

    // QUANTIZE: int8 1x16 -> int8 1x16
    .globl layer.001_QUANTIZE, layer.001_QUANTIZE.end
layer.001_QUANTIZE:
    ldap r11, step.001_QUANTIZE
    mov r0, r11
    ldap r11, team
    mov r1, r11
    bl xs3_alone
layer.001_QUANTIZE.end:

    ldc r0, 0
    retsp_lu6 2
.Lmain_end:
    .size main, .Lmain_end - main

    // What the threads do in each step: kernel, argument block, first unit and the one behind the last.
    .section .rodata.calls, "a", @progbits

    .align 4
team:
    .long 1 // threads
    .long scratch // scratch
    .long 0 // scratchStep
    .long 0 // mailbox
    .long 0 // stacks
    .long 0 // stackStep

    .align 8
step.001_QUANTIZE:
    .long lookup_int8, call.001_QUANTIZE, 0, 16 // thread 0

    .align 4
call.001_QUANTIZE: // lookup_int8, 16 units
    .long tensor.1 // input
    .long tensor.2 // output
    .long weights.001.table // table

    .section .rodata.weights, "a", @progbits

    // by the byte of the input value
    .align 4
    .globl weights.001.table
    .type weights.001.table, @object
    .size weights.001.table, 256
weights.001.table:
    .incbin "weights.001.table.bin"

    // The tensors: several share a place when they are not needed at the same time.
    .section .noinit, "aw", @nobits
    .align 8
    .globl arena
    .type arena, @object
    .size arena, 16
arena:
    .globl input0
    .type input0, @object
    .size input0, 16
input0: // int8 1x2x2x4
    .globl output0
    .type output0, @object
    .size output0, 16
output0: // int8 1x16
    .globl tensor.0
    .type tensor.0, @object
    .size tensor.0, 16
tensor.0: // int8 1x2x2x4
    .globl tensor.1
    .type tensor.1, @object
    .size tensor.1, 16
tensor.1: // int8 1x16
    .globl tensor.2
    .type tensor.2, @object
    .size tensor.2, 16
tensor.2: // int8 1x16
    .space 16

    // Each thread's own working memory.
    .align 8
    .globl scratch
    .type scratch, @object
    .size scratch, 0
scratch:
    .space 0

    .section .xs3.network, "", @progbits
    .incbin "network.json"
