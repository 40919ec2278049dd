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

// Code in dual issue: packets of 4 bytes, branches in units of 4 bytes.
def FeatureDual : SubtargetFeature<"dual", "IsDual", "true", "Dual issue">;
def : ProcessorModel<"xs3", NoSchedModel, []>;

// The two spellings of a mnemonic (Formats.td).
def PlainSyntax : AsmParserVariant {
  let Variant = 0;
  let Name = "plain";
  let TokenizingCharacters = "[]:-";
}
def ArchitecturalSyntax : AsmParserVariant {
  let Variant = 1;
  let Name = "architectural";
  let TokenizingCharacters = "[]:-";
}

def XS3AsmParser : AsmParser {
  let ShouldEmitMatchRegisterName = 1;
  let PreferSmallerInstructions = 1;
}

def PlainWriter : AsmWriter { let Variant = 0; }
def ArchitecturalWriter : AsmWriter {
  let AsmWriterClassName = "ArchitecturalPrinter";
  let Variant = 1;
}

def XS3 : Target {
  let InstructionSet = XS3InstrInfo;
  let AssemblyParsers = [XS3AsmParser];
  let AssemblyParserVariants = [PlainSyntax, ArchitecturalSyntax];
  let AssemblyWriters = [PlainWriter, ArchitecturalWriter];
}
