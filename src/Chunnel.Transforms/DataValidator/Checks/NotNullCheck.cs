using Chunnel.Core;

namespace Chunnel.Transforms.DataValidator.Checks;

/// <summary>There is a value.</summary>
internal sealed class NotNullCheck(string field, int column, string? message) : ValueCheck(field, column, message)
{
    public override void Choose(ColumnBatch batch, ReadOnlySpan<ulong> counted, Span<ulong> rows) => counted.CopyTo(rows);

    protected override void Find(ColumnBatch batch, Column values, ReadOnlySpan<ulong> rows, Span<ulong> invalid)
    {
        if (values.NullCount == values.Length) invalid.Fill(ulong.MaxValue);
        else if (!values.HasNulls) invalid.Clear();
        else
        {
            for (var word = 0; word < invalid.Length; word++) invalid[word] = ~values.Validity[word];
        }
    }

    protected override string Words(Column values, int row) => $"Field '{Field}' cannot be null";
}
