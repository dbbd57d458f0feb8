using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Operations.Cases;

/// <summary>Which elements of arrays, or pairs of maps, the chosen rows hold: for each, the column that it comes from and its number there.</summary>
internal sealed class ChosenMembers
{
    private readonly byte[] _choices;
    private readonly int[] _numbers;

    public ChosenMembers(ReadOnlySpan<Column> columns, Func<Column, ColumnBuffer> offsetsOf, ReadOnlySpan<byte> choices, BatchMemory memory)
    {
        Offsets = ColumnBuffer.Rent<int>(memory, choices.Length + 1);
        var ends = Offsets.As<int>();
        ends[0] = 0;
        for (var row = 0; row < choices.Length; row++)
        {
            var column = columns[choices[row]];
            var offsets = offsetsOf(column).As<int>();
            ends[row + 1] = checked(ends[row] + (column.IsNull(row) ? 0 : offsets[row + 1] - offsets[row]));
        }
        _choices = new byte[ends[choices.Length]];
        _numbers = new int[_choices.Length];
        for (var row = 0; row < choices.Length; row++)
        {
            var first = offsetsOf(columns[choices[row]]).As<int>()[row];
            for (var member = ends[row]; member < ends[row + 1]; member++) (_choices[member], _numbers[member]) = (choices[row], first + member - ends[row]);
        }
    }

    /// <summary>Where each row's members end; the caller's to hand on.</summary>
    public ColumnBuffer Offsets { get; }

    /// <summary>The members themselves.</summary>
    /// <param name="type">Of one.</param>
    /// <param name="columns">That were chosen from.</param>
    /// <param name="membersOf">The column of a column's members.</param>
    /// <param name="memory">Where they go.</param>
    public Column Gather(DataType type, ReadOnlySpan<Column> columns, Func<Column, Column> membersOf, BatchMemory memory)
    {
        // Each column's members stand where the result wants them, so that the choice is one between rows of the same number.
        var placed = new Column[columns.Length];
        var rows = new int[_numbers.Length];
        try
        {
            for (var branch = 0; branch < columns.Length; branch++)
            {
                var members = membersOf(columns[branch]);
                for (var member = 0; member < rows.Length; member++) rows[member] = _choices[member] == branch ? _numbers[member] : 0;
                placed[branch] = members.Length > 0 ? members.Take(rows, memory) : NoMembers(type, rows.Length, memory);
            }
            return Choices.Gather(type, placed, _choices, memory);
        }
        finally
        {
            foreach (var column in placed) column?.Release();
        }
    }

    private static Column NoMembers(DataType type, int rows, BatchMemory memory)
    {
        using var builder = ColumnBuilder.For(type, memory, rows);
        for (var row = 0; row < rows; row++) builder.AppendNullAt(row);
        return builder.Build(rows);
    }
}
