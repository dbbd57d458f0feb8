using System.Globalization;
using System.Numerics;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Casts;

/// <summary>1 as true, 0 as false; any other number fails the row.</summary>
internal sealed class ToBoolean<T>(Operand operand, Operand? guard, Syntax where) : Operation where T : unmanaged, INumber<T>
{
    public override void Run(Frame frame)
    {
        var from = (FixedColumn<T>)operand.Of(frame);
        var result = ColumnBuffer.RentBits(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<ulong>();
        to.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
        {
            if (values[row] == T.One) Bits.Set(to, row);
            else if (values[row] != T.Zero) frame.Fail(row, where, string.Create(CultureInfo.InvariantCulture, $"For input string: \"{values[row]}\" is no boolean"));
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new BoolColumn(frame.Rows, result, bits, nulls));
    }
}
