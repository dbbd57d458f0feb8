namespace Chunnel.Control;

/// <summary>Rows of one table as the reader counted them, from 1; both ends belong to it.</summary>
public readonly record struct RowRange(long FirstRow, long LastRow)
{
    public override string ToString() => FirstRow == LastRow ? $"{FirstRow}" : $"{FirstRow}..{LastRow}";
}
