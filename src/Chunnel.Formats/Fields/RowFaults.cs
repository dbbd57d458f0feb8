using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>The rows of a batch whose values cannot be read, each with its first fault.</summary>
internal sealed class RowFaults
{
    private const int MostShownBytes = 100;

    private readonly SortedDictionary<int, RowFault> _byRow = [];

    public bool Any => _byRow.Count > 0;

    /// <summary>By rising row.</summary>
    public IEnumerable<RowFault> All => _byRow.Values;

    public int Count => _byRow.Count;

    public void Clear() => _byRow.Clear();

    public void Add(int row, FieldReader reader, ParseOutcome outcome, ReadOnlySpan<byte> text) =>
        Add(row, reader, outcome switch
        {
            ParseOutcome.OutOfRange => $"{Show(text)} is out of the range of {reader.Definition.Type}",
            ParseOutcome.Rounded => $"{Show(text)} has more digits than {reader.Definition.Type} keeps (precision_loss = fail)",
            _ => $"{Show(text)} is no {reader.Definition.Type}",
        });

    public void AddInvalidText(int row, FieldReader reader, ReadOnlySpan<byte> text) =>
        Add(row, reader, $"{Show(text)} is not in the encoding that the file is read with");

    public void Add(int row, FieldReader reader, string reason)
    {
        // Columns come one after the other: keep the leftmost of a row.
        if (!_byRow.TryGetValue(row, out var known) || reader.Field < known.Field) _byRow[row] = new RowFault(row, reader.Field, reader.Definition.Name, reason);
    }

    /// <summary>The value between quotes, cut short, with control characters made visible.</summary>
    public static string Show(ReadOnlySpan<byte> text)
    {
        var shown = new StringBuilder("'");
        foreach (var c in Encoding.UTF8.GetString(text[..Math.Min(text.Length, MostShownBytes)]))
        {
            if (char.IsControl(c)) shown.Append($"\\u{(int)c:X4}");
            else shown.Append(c);
        }
        if (text.Length > MostShownBytes) shown.Append("...");
        return shown.Append('\'').ToString();
    }
}

/// <summary>A row and the first of its fields that cannot be read.</summary>
internal sealed record RowFault(int Row, int Field, string Column, string Reason);
