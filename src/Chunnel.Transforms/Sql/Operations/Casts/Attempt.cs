using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Casts;

/// <summary>An operation whose failures become nulls: TRY_CAST.</summary>
internal sealed class Attempt(Operation inner) : Operation
{
    public override void Run(Frame frame)
    {
        var failed = frame.Catch(inner);
        if (failed.IsEmpty) return;
        var column = frame[Target];
        var validity = ColumnBuffer.RentBits(frame.Memory, frame.Rows);
        var bits = validity.As<ulong>();
        if (column.HasNulls) column.Validity[..frame.Words].CopyTo(bits);
        else Bits.FillOnes(bits, frame.Rows);
        for (var word = 0; word < bits.Length; word++) bits[word] &= ~failed[word];
        var result = Reframe.WithValidity(column, validity, frame.Rows - Bits.Count(bits, frame.Rows));
        frame.Release(Target);
        frame.Set(Target, result);
    }
}
