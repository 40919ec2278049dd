// The rows as C++ tables. OpcodeName numbers them; RowTable is data that everybody may read; ExecTable names the
// semantic functions and so does not compile when one is missing.

def OpcodeName : GenericEnum {
  let FilterClass = "XS3Inst";
}

def RowTable : GenericTable {
  let FilterClass = "XS3Inst";
  let CppTypeName = "GeneratedRow";
  let Fields = ["Opcode", "Name", "Mnemonic", "Syntax", "Format", "Bytes", "LaneName", "PortName", "CostName",
                "EnergyName", "ImmediateName", "WritesA", "DefsName", "Provisional", "Unimplemented"];
  string TypeOf_LaneName = "code";
  string TypeOf_PortName = "code";
  string TypeOf_CostName = "code";
  string TypeOf_EnergyName = "code";
  string TypeOf_ImmediateName = "code";
  string TypeOf_DefsName = "code";
}

def ExecTable : GenericTable {
  let FilterClass = "XS3Inst";
  let CppTypeName = "ExecRow";
  let Fields = ["Opcode", "Run"];
  string TypeOf_Run = "code";
}
