using System.Text;
using Chunnel.Core;

namespace Chunnel.Transforms.DataValidator.Checks;

/// <summary>A rule, made ready for its column.</summary>
/// <param name="field">The column's name.</param>
/// <param name="column">Its place.</param>
/// <param name="message">What is said in place of the rule's own words.</param>
internal abstract class ValueCheck(string field, int column, string? message)
{
    private readonly ByteWriter _text = new();

    public string Field { get; } = field;

    /// <summary>Marks the rows that break the rule; marks of other rows than the given ones have no meaning.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="rows">A bit for each row that counts and holds a value.</param>
    /// <param name="invalid">A bit a row, to be written.</param>
    public void Find(ColumnBatch batch, ReadOnlySpan<ulong> rows, Span<ulong> invalid) => Find(batch, batch[column], rows, invalid);

    /// <summary>What is wrong with a row that was found.</summary>
    public string Message(ColumnBatch batch, int row) => message ?? Words(batch[column], row);

    /// <summary>The bits of the rows that count and that the rule is about: all but nulls.</summary>
    public virtual void Choose(ColumnBatch batch, ReadOnlySpan<ulong> counted, Span<ulong> rows)
    {
        counted.CopyTo(rows);
        if (!batch[column].HasNulls) return;
        var valid = batch[column].Validity;
        for (var word = 0; word < rows.Length; word++) rows[word] &= valid[word];
    }

    protected abstract void Find(ColumnBatch batch, Column values, ReadOnlySpan<ulong> rows, Span<ulong> invalid);

    /// <summary>The rule's own words.</summary>
    protected abstract string Words(Column values, int row);

    /// <summary>The value as the console shows it.</summary>
    protected string TextOf(Column values, int row)
    {
        _text.Clear();
        ValueText.Append(_text, values, row, TextFormat.Console);
        return Encoding.UTF8.GetString(_text.Written);
    }
}
