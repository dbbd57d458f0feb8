using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Rows;

/// <summary>Makes one value of a fixed width of each row's arguments; null where an argument is.</summary>
internal abstract class FixedRows<T>(Emission made) : Operation where T : unmanaged
{
    protected Emission Made => made;

    /// <summary>Computes the given rows: they count and have all arguments. What stands in the others has no meaning.</summary>
    protected abstract void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<T> to);

    public sealed override void Run(Frame frame)
    {
        var result = ColumnBuffer.Rent<T>(frame.Memory, frame.Rows);
        var values = result.As<T>();
        values.Clear();
        Fill(frame, frame.RowsToDo(made.Guard, made.Operands), values);
        var (bits, nulls) = Validities.All(frame, made.Operands);
        frame.Set(Target, new FixedColumn<T>(made.Type, frame.Rows, result, bits, nulls));
    }
}
