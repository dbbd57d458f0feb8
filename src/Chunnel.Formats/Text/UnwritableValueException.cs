namespace Chunnel.Formats;

/// <summary>A value that the format cannot hold, told by the loop that met it; its encoder adds what it knows.</summary>
internal sealed class UnwritableValueException(string column, int row, string value) : Exception($"{column}: {value}")
{
    public string Column { get; } = column;

    /// <summary>The row's number among those written.</summary>
    public int Row { get; } = row;

    public string Value { get; } = value;
}
