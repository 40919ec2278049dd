// The formats: how operands lie in the bits. Operands stand in the instruction in the order of their field letters
// a, b, c, d, e, f, whatever their order in the text. Long forms are HI:LO, LO at the lower address.

// ---------------------------------------------------------------------------------------------- columns of a row

// Which issue lane a 2-byte instruction may take in a packet; 4-byte instructions take a whole one.
class IssueLane<string name> { string Name = name; }
def Either : IssueLane<"Either">;
def MemoryLane : IssueLane<"Memory">;
def ResourceLane : IssueLane<"Resource">;
def WholePacket : IssueLane<"Whole">;

// What the packet's memory slot is used for: decides whether instruction fetch can ride along.
class PortUse<string name> { string Name = name; }
def FreePort : PortUse<"Free">;
def DataAccess : PortUse<"Data">;
def BranchFetch : PortUse<"Branch">;
def EntryFrame : PortUse<"Entry">;          // a data access when the frame is not empty
def ReturnFrame : PortUse<"Return">;        // a data access that loads its target when the frame is not empty, else a branch
def LoadedBranch : PortUse<"LoadedBranch">; // loads its target in its own slot

// What the machine file says the slots of the row are.
class SlotCost<string name> { string Name = name; }
def OneSlot : SlotCost<"Single">;
def Divider : SlotCost<"Divide">;
def StateAccess : SlotCost<"StateAccess">;

// Which datapath the row exercises; the machine file says what an exercise costs.
class Datapath<string name> { string Name = name; }
def NoDatapath : Datapath<"None">;
def Alu : Datapath<"Alu">;
def Multiply : Datapath<"Mul32">;
def MultiplyAdd : Datapath<"Macc64">;
def Division : Datapath<"Divide">;
def FloatAdd : Datapath<"FpuAdd">;
def FloatMultiply : Datapath<"FpuMul">;
def FloatMultiplyAdd : Datapath<"FpuMacc">;
def BranchUnit : Datapath<"Branch">;
def ResourceIo : Datapath<"ResourceIo">;
def VectorMac : Datapath<"VectorMac">;           // by the element width of the mode
def VectorMacOneBit : Datapath<"VectorMac1">;
def VectorArithmetic : Datapath<"VectorArithmetic">;
def VectorNarrow : Datapath<"VectorNarrow">;     // depth, sign, positive part
def VectorComplex : Datapath<"VectorComplex">;
def VectorControl : Datapath<"VectorControl">;

// ---------------------------------------------------------------------------------------------- operands

class XS3AsmOperand<string name, string predicate, string diagnostic> : AsmOperandClass {
  let Name = name;
  let PredicateMethod = predicate;
  let RenderMethod = "addImmOperands";
  let DiagnosticType = "Invalid"#name;
  let DiagnosticString = diagnostic;
}

// A number or a symbol. OnlyBySuffix: text takes such a row only when its mnemonic carries the format (bt_lru6b).
// Kind says what the field holds (isa/rows.h).
class ImmOperand<AsmOperandClass parser, string kind = "Number", bit onlyBySuffix = 0> : Operand<i32> {
  let ParserMatchClass = parser;
  string Kind = kind;
  bit OnlyBySuffix = onlyBySuffix;
}

// A narrow class names the wider one, so that the matcher tries the short form first.
def UImm20 : XS3AsmOperand<"UImm20", "isUImm<20>", "a number from 0 to 1048575 or a symbol is wanted here">;
def UImm16 : XS3AsmOperand<"UImm16", "isUImm<16>", "a number from 0 to 65535 or a symbol is wanted here"> {
  let SuperClasses = [UImm20];
}
def UImm10 : XS3AsmOperand<"UImm10", "isUImm<10>", "a number from 0 to 1023 is wanted here"> { let SuperClasses = [UImm16]; }
def UImm6 : XS3AsmOperand<"UImm6", "isUImm<6>", "a number from 0 to 63 is wanted here"> { let SuperClasses = [UImm10]; }
def UpTo11 : XS3AsmOperand<"UpTo11", "isUpTo<11>", "a number from 0 to 11 is wanted here">;
def UpTo4 : XS3AsmOperand<"UpTo4", "isUpTo<4>", "a number from 0 to 4 is wanted here">;
def BitPosition : XS3AsmOperand<"BitPosition", "isBitPosition", "a bit position is wanted here: 1 to 8, 16, 24 or 32">;
// A branch target: a label, or a signed distance in units. Text matches the short forward form; the others are
// chosen by the distance, or asked for by a format suffix.
def Target : XS3AsmOperand<"Target", "isBranchTarget", "a label or a distance is wanted here">;

def u6 : ImmOperand<UImm6>;
def u16 : ImmOperand<UImm16>;
def u10 : ImmOperand<UImm10>;
def u20 : ImmOperand<UImm20>;
def upTo11 : ImmOperand<UpTo11>;
def upTo4 : ImmOperand<UpTo4>;
// Held as the bit position itself (1..8, 16, 24, 32); encoded as codes 1..8, 9, 10 and 0 for 32 (11 reads as 32 too).
def bitp : ImmOperand<BitPosition, "BitPosition">;

class BranchOperand<string kind, bit onlyBySuffix = 1> : ImmOperand<Target, kind, onlyBySuffix> {
  let PrintMethod = "print"#kind;
  let OperandType = "OPERAND_PCREL";
}
// The unsigned distance in units as the field holds it; the opcode says which way.
def forward6 : BranchOperand<"Forward", 0>;
def backward6 : BranchOperand<"Backward">;
def forward16 : BranchOperand<"Forward">;
def backward16 : BranchOperand<"Backward">;
def forward10 : BranchOperand<"Forward", 0>;
def backward10 : BranchOperand<"Backward">;
def forward20 : BranchOperand<"Forward">;
def backward20 : BranchOperand<"Backward">;

// ---------------------------------------------------------------------------------------------- the row

// Text comes in two spellings: plain, and with the format as a suffix of the mnemonic (ldc_lru6), which asks for that
// encoding. They are the two variants of LLVM's parser and printer.
class XS3Inst<int bytes, string base, string format, string shape, dag ins, string asm, ImmOperand immediate = u6,
              bit hasImmediate = 0> : Instruction {
  int Blank = !find(asm, " ");
  string Mnemonic = !if(!lt(Blank, 0), asm, !substr(asm, 0, Blank));
  // The rest of the text, with the blank before it.
  string Syntax = !if(!lt(Blank, 0), "", !substr(asm, Blank));

  let Namespace = "XS3";
  let Size = bytes;
  let OutOperandList = (outs);
  let InOperandList = ins;
  let AsmString = "{"#Mnemonic#"|"#Mnemonic#"_"#format#"}"#Syntax;
  let AsmVariantName = !if(!and(hasImmediate, immediate.OnlyBySuffix), "architectural", "");
  // Where two short or two long forms fit, the one that stands first in the description is taken.
  let HasPositionOrder = 1;

  // The row itself, for the generated tables.
  Instruction Opcode = !cast<Instruction>(NAME);
  string Name = NAME;
  // The semantic function in sim/exec, shared by all encodings of one operation ...
  string Base = base;
  // ... and how operands get into it and results out of it.
  string Shape = shape;
  // The encoding's name, which a mnemonic may carry as a suffix: ldc_lru6.
  string Format = format;
  bits<8> Bytes = bytes;
  IssueLane Lane = Either;
  PortUse Port = FreePort;
  SlotCost Cost = OneSlot;
  Datapath Energy = Alu;
  // Operand a is a result. Defs (LLVM's field) names the registers that are written besides. Both are complete for
  // 2-byte rows only: they tell whether two of them may share a packet.
  bit WritesA = 0;
  // The encoding is not known from machine code: a free place, taken until better data come.
  bit Provisional = 0;
  // Decoded but not executed yet.
  bit Unimplemented = 0;

  // What the generated tables print, verbatim.
  code LaneName = "Lane::"#Lane.Name;
  code PortName = "Port::"#Port.Name;
  code CostName = "Cost::"#Cost.Name;
  code EnergyName = "Energy::"#Energy.Name;
  code ImmediateName = "Immediate::"#!cond(!not(hasImmediate): "None",
                                           !ge(!find(Syntax, "dp[$"), 0): "DpWords",
                                           !ge(!find(Syntax, "cp[$"), 0): "CpWords",
                                           true: immediate.Kind);
  code DefsName = !if(!empty(Defs), "0", !interleave(!foreach(r, Defs, "registerBit(Register::"#!cast<string>(r)#")"), " | "));
  code Run = !if(Unimplemented, "&run::unimplemented", "&run::"#Shape#"<&exec::"#Base#">");
}

class Short<string base, string format, string shape, dag ins, string asm, ImmOperand immediate = u6,
            bit hasImmediate = 0>
    : XS3Inst<2, base, format, shape, ins, asm, immediate, hasImmediate> {
  bits<16> Inst;
  bits<16> SoftFail = 0;
}

class Long<string base, string format, string shape, dag ins, string asm, ImmOperand immediate = u6,
           bit hasImmediate = 0>
    : XS3Inst<4, base, format, shape, ins, asm, immediate, hasImmediate> {
  bits<32> Inst;
  bits<32> SoftFail = 0;
  let Lane = WholePacket;
}

// ---------------------------------------------------------------------------------------------- short formats

// ooooo hhhhh aa bb cc: three registers, joint base-3 high parts in h (0..26).
class F3R<bits<5> op, string base, string asm, string shape = "rrr">
    : Short<base, "3r", shape, (ins GR:$a, GR:$b, GR:$c), asm> {
  let WritesA = 1;
  let Inst{15-11} = op;
  let PostEncoderMethod = "encode3R";
  let DecoderMethod = "decode3R";
}
// The same with a number 0..11 in c.
class F2RUS<bits<5> op, string base, string asm, string shape = "rri">
    : Short<base, "2rus", shape, (ins GR:$a, GR:$b, upTo11:$c), asm, upTo11, 1> {
  let WritesA = 1;
  let Inst{15-11} = op;
  let PostEncoderMethod = "encode3R";
  let DecoderMethod = "decode2RUS";
}
// The same with a bit position in c.
class F2RBitp<bits<5> op, string base, string asm, string shape = "rri">
    : Short<base, "2rus", shape, (ins GR:$a, GR:$b, bitp:$c), asm, bitp, 1> {
  let WritesA = 1;
  let Inst{15-11} = op;
  let PostEncoderMethod = "encode2RBitp";
  let DecoderMethod = "decode2RBitp";
}
// ooooo kkkkk j X aa bb: two registers, k >= 27.
class F2R<bits<5> op, bit x, string base, string asm, string shape = "rr">
    : Short<base, "2r", shape, (ins GR:$a, GR:$b), asm> {
  let WritesA = 1;
  let Inst{15-11} = op;
  let Inst{4} = x;
  let PostEncoderMethod = "encode2R";
  let DecoderMethod = "decode2R";
  let hasCompleteDecoder = 0;
}
class FRUS<bits<5> op, bit x, string base, string asm, string shape = "ri">
    : Short<base, "rus", shape, (ins GR:$a, upTo11:$b), asm, upTo11, 1> {
  let WritesA = 1;
  let Inst{15-11} = op;
  let Inst{4} = x;
  let PostEncoderMethod = "encode2R";
  let DecoderMethod = "decodeRUS";
  let hasCompleteDecoder = 0;
}
class FRBitp<bits<5> op, bit x, string base, string asm, string shape = "ri">
    : Short<base, "rus", shape, (ins GR:$a, bitp:$b), asm, bitp, 1> {
  let WritesA = 1;
  let Inst{15-11} = op;
  let Inst{4} = x;
  let PostEncoderMethod = "encodeRBitp";
  let DecoderMethod = "decodeRBitp";
  let hasCompleteDecoder = 0;
}
// ooooo 111111 X rrrr: one register 0..11.
class F1R<bits<5> op, bit x, string base, string asm, string shape = "r">
    : Short<base, "1r", shape, (ins GR:$a), asm> {
  bits<4> a;
  let Inst{15-11} = op;
  let Inst{10-5} = 0b111111;
  let Inst{4} = x;
  let Inst{3-0} = a;
  let hasCompleteDecoder = 0;
}
// The one-register places 12..15 without an operand.
class F0R<bits<5> op, bits<5> place, string base, string asm, string shape = "none">
    : Short<base, "0r", shape, (ins), asm> {
  let Inst{15-11} = op;
  let Inst{10-5} = 0b111111;
  let Inst{4-0} = place;
}
// oooooo aaaa iiiiii
class FRU6<bits<6> op, string base, string asm, string shape, RegisterClass reg = RA, ImmOperand imm = u6,
           string format = "ru6">
    : Short<base, format, shape, (ins reg:$a, imm:$i), asm, imm, 1> {
  let WritesA = 1;
  bits<4> a;
  bits<6> i;
  let Inst{15-10} = op;
  let Inst{9-6} = a;
  let Inst{5-0} = i;
  let hasCompleteDecoder = 0;
}
// oooooooooo iiiiii
class FU6<bits<10> op, string base, string asm, string shape, ImmOperand imm = u6, string format = "u6">
    : Short<base, format, shape, (ins imm:$i), asm, imm, 1> {
  bits<6> i;
  let Inst{15-6} = op;
  let Inst{5-0} = i;
}
// oooooo iiiiiiiiii
class FU10<bits<6> op, string base, string asm, string shape, ImmOperand imm = u10, string format = "u10">
    : Short<base, format, shape, (ins imm:$i), asm, imm, 1> {
  bits<10> i;
  let Inst{15-10} = op;
  let Inst{9-0} = i;
}

// ---------------------------------------------------------------------------------------------- prefixed long formats
// LO = 111100 + the upper ten bits of the immediate; HI is the short form with the lower bits.

class FLRU6<bits<6> op, string base, string asm, string shape, RegisterClass reg = RA, ImmOperand imm = u16,
            string format = "lru6">
    : Long<base, format, shape, (ins reg:$a, imm:$i), asm, imm, 1> {
  bits<4> a;
  bits<16> i;
  let Inst{31-26} = op;
  let Inst{25-22} = a;
  let Inst{21-16} = i{5-0};
  let Inst{15-10} = 0b111100;
  let Inst{9-0} = i{15-6};
  let hasCompleteDecoder = 0;
}
class FLU6<bits<10> op, string base, string asm, string shape, ImmOperand imm = u16, string format = "lu6">
    : Long<base, format, shape, (ins imm:$i), asm, imm, 1> {
  bits<16> i;
  let Inst{31-22} = op;
  let Inst{21-16} = i{5-0};
  let Inst{15-10} = 0b111100;
  let Inst{9-0} = i{15-6};
}
class FLU10<bits<6> op, string base, string asm, string shape, ImmOperand imm = u20, string format = "lu10">
    : Long<base, format, shape, (ins imm:$i), asm, imm, 1> {
  bits<20> i;
  let Inst{31-26} = op;
  let Inst{25-16} = i{9-0};
  let Inst{15-10} = 0b111100;
  let Inst{9-0} = i{19-10};
}

// ---------------------------------------------------------------------------------------------- extended formats
// LO = 11111 hhhhh aa bb cc (or the two-operand form); HI = ooooo and the rest.

// HI = ooooo 1111110 ssss with s = 12..15.
class FL3R<bits<5> op, bits<4> s, string base, string asm, string shape = "rrr">
    : Long<base, "l3r", shape, (ins GR:$a, GR:$b, GR:$c), asm> {
  let Inst{31-27} = op;
  let Inst{26-20} = 0b1111110;
  let Inst{19-16} = s;
  let Inst{15-11} = 0b11111;
  let PostEncoderMethod = "encode3R";
  let DecoderMethod = "decode3R";
  let hasCompleteDecoder = 0;
}
class FL2RUS<bits<5> op, bits<4> s, string base, string asm, string shape = "rri", ImmOperand imm = upTo11>
    : Long<base, "l2rus", shape, (ins GR:$a, GR:$b, imm:$c), asm, imm, 1> {
  let Inst{31-27} = op;
  let Inst{26-20} = 0b1111110;
  let Inst{19-16} = s;
  let Inst{15-11} = 0b11111;
  let PostEncoderMethod = "encode3R";
  let DecoderMethod = !if(!eq(imm, upTo4), "decodeZip", "decode2RUS");
  let hasCompleteDecoder = 0;
}
class FL2RBitp<bits<5> op, bits<4> s, string base, string asm, string shape = "rri">
    : Long<base, "l2rus", shape, (ins GR:$a, GR:$b, bitp:$c), asm, bitp, 1> {
  let Inst{31-27} = op;
  let Inst{26-20} = 0b1111110;
  let Inst{19-16} = s;
  let Inst{15-11} = 0b11111;
  let PostEncoderMethod = "encode2RBitp";
  let DecoderMethod = "decode2RBitp";
  let hasCompleteDecoder = 0;
}
class FL2R<bits<5> op, bits<4> s, bit x, string base, string asm, string shape = "rr">
    : Long<base, "l2r", shape, (ins GR:$a, GR:$b), asm> {
  let Inst{31-27} = op;
  let Inst{26-20} = 0b1111110;
  let Inst{19-16} = s;
  let Inst{15-11} = 0b11111;
  let Inst{4} = x;
  let PostEncoderMethod = "encode2R";
  let DecoderMethod = "decode2R";
  let hasCompleteDecoder = 0;
}
// HI = ooooo 111111 X dddd with d = 0..11.
class FL4R<bits<5> op, bit x, string base, string asm, string shape>
    : Long<base, "l4r", shape, (ins GR:$a, GR:$b, GR:$c, GR:$d), asm> {
  let Inst{31-27} = op;
  let Inst{26-21} = 0b111111;
  let Inst{20} = x;
  let Inst{15-11} = 0b11111;
  let PostEncoderMethod = "encodeL4R";
  let DecoderMethod = "decodeL4R";
  let hasCompleteDecoder = 0;
}
class FL3RUS<bits<5> op, bit x, string base, string asm, string shape>
    : Long<base, "l3rus", shape, (ins GR:$a, GR:$b, upTo11:$c, GR:$d), asm, upTo11, 1> {
  let Inst{31-27} = op;
  let Inst{26-21} = 0b111111;
  let Inst{20} = x;
  let Inst{15-11} = 0b11111;
  let PostEncoderMethod = "encodeL4R";
  let DecoderMethod = "decodeL3RUS";
  let hasCompleteDecoder = 0;
}
// HI = ooooo kkkkk j X dd ee.
class FL5R<bits<5> op, bit x, string base, string asm, string shape>
    : Long<base, "l5r", shape, (ins GR:$a, GR:$b, GR:$c, GR:$d, GR:$e), asm> {
  let Inst{31-27} = op;
  let Inst{20} = x;
  let Inst{15-11} = 0b11111;
  let PostEncoderMethod = "encodeL5R";
  let DecoderMethod = "decodeL5R";
  let hasCompleteDecoder = 0;
}
class FL4RBitp<bits<5> op, bit x, string base, string asm, string shape>
    : Long<base, "l4rus", shape, (ins GR:$a, GR:$b, GR:$c, GR:$d, bitp:$e), asm, bitp, 1> {
  let Inst{31-27} = op;
  let Inst{20} = x;
  let Inst{15-11} = 0b11111;
  let PostEncoderMethod = "encodeL4RBitp";
  let DecoderMethod = "decodeL4RBitp";
  let hasCompleteDecoder = 0;
}
// HI = ooooo hhhhh dd ee ff.
class FL6R<bits<5> op, string base, string asm, string shape>
    : Long<base, "l6r", shape, (ins GR:$a, GR:$b, GR:$c, GR:$d, GR:$e, GR:$f), asm> {
  let Inst{31-27} = op;
  let Inst{15-11} = 0b11111;
  let PostEncoderMethod = "encodeL6R";
  let DecoderMethod = "decodeL6R";
  let hasCompleteDecoder = 0;
}
// Both halves in the 0r form, LO 0xFFEC.
class FL0R<bits<5> op, bits<5> place, string base, string asm, string shape = "none">
    : Long<base, "l0r", shape, (ins), asm> {
  let Inst{31-27} = op;
  let Inst{26-21} = 0b111111;
  let Inst{20-16} = place;
  let Inst{15-0} = 0xFFEC;
}
