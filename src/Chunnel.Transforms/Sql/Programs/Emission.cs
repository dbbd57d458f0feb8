using Chunnel.Core;
using Chunnel.Transforms.Sql.Parsing;

namespace Chunnel.Transforms.Sql.Programs;

/// <summary>What an operation is made from: its operands and where its result goes.</summary>
/// <param name="Target">The result's register.</param>
/// <param name="Type">The result's type.</param>
/// <param name="Operands">In the order of the arguments.</param>
/// <param name="Guard">For operations that can fail: a boolean that is true where they may run; null for everywhere.</param>
/// <param name="Where">The expression, for errors.</param>
internal sealed record Emission(int Target, DataType Type, IReadOnlyList<Operand> Operands, Operand? Guard, Syntax Where);
