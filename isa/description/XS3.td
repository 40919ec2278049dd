// The XS3 instruction set: everything that encoder, decoder, printer, parser and the executor's table are made of.
// One instruction is one row; the rows stand in Scalar.td, Vector.td and Resources.td.
include "llvm/Target/Target.td"
include "llvm/TableGen/SearchableTable.td"

include "Registers.td"
include "Formats.td"
include "Scalar.td"
include "Vector.td"
include "Resources.td"
include "ExecTable.td"

def XS3InstrInfo : InstrInfo;

def XS3AsmParser : AsmParser {
  let ShouldEmitMatchRegisterName = 1;
}

def XS3AsmWriter : AsmWriter;

def XS3 : Target {
  let InstructionSet = XS3InstrInfo;
  let AssemblyParsers = [XS3AsmParser];
  let AssemblyWriters = [XS3AsmWriter];
}
