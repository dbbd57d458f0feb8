using Chunnel.Core;

namespace Chunnel.Formats.Parquet;

/// <summary>What can be wrong with a Parquet file.</summary>
internal static class ParquetErrors
{
    private static readonly ErrorCode Damaged = new("CHUNNEL-22", "Parquet file cannot be read");
    private static readonly ErrorCode Failed = new("CHUNNEL-23", "Parquet file cannot be written", Blame.World, Retry.Later);

    public static ChunnelException CannotOpen(string file, Exception inner) => new(Damaged, $"{file}: {inner.Message}", inner)
    {
        Mend = "Is it a Parquet file, and complete? It ends with the four letters PAR1.",
    };

    public static ChunnelException CannotRead(string file, long row, Exception inner) => new(Damaged, $"{file}, from row {row} on: {inner.Message}", inner)
    {
        Mend = "The file is damaged there: write it again.",
    };

    public static ChunnelException CannotWrite(Exception inner) => new(Failed, inner.Message, inner);

    public static ChunnelException NoColumn(string file, string column, IEnumerable<string> columns) =>
        new(CommonErrors.IllegalArgument, $"{file} has no column '{column}'. {Nearest.DidYouMean(column, columns)}".TrimEnd())
        {
            Mend = $"Its columns: {string.Join(", ", columns)}.",
        };

    public static ChunnelException NoType(string file, string column, string type) =>
        new(CommonErrors.UnsupportedType("Parquet", type, column), $"{file}: no type here holds it without loss.")
        {
            Mend = "Name the columns to read, without this one.",
        };
}
