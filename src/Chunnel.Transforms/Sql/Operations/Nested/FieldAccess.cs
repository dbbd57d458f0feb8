using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Nested;

/// <summary>A field of a nested row: null where the row is.</summary>
internal sealed class FieldAccess(Operand row, int field) : Operation
{
    public override void Run(Frame frame)
    {
        var from = (RowColumn)row.Of(frame);
        var column = from.Fields[field];
        column.Retain();
        if (!from.HasNulls || column is NullColumn)
        {
            frame.Set(Target, column);
            return;
        }
        var (validity, nulls) = Validities.Both(frame, from, column);
        column.Release();
        frame.Set(Target, Reframe.WithValidity(column, validity, nulls));
    }
}
