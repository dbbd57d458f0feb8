using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Rows;

/// <summary>Makes a truth of each row's arguments; null where an argument is.</summary>
internal abstract class BoolRows(Emission made) : Operation
{
    protected Emission Made => made;

    /// <summary>Sets the bits of those rows, of the given ones, that it is true for.</summary>
    protected abstract void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<ulong> to);

    public sealed override void Run(Frame frame)
    {
        var result = ColumnBuffer.RentBits(frame.Memory, frame.Rows);
        var values = result.As<ulong>();
        values.Clear();
        Fill(frame, frame.RowsToDo(made.Guard, made.Operands), values);
        var (bits, nulls) = Validities.All(frame, made.Operands);
        frame.Set(Target, new BoolColumn(frame.Rows, result, bits, nulls));
    }
}
