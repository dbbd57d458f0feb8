using System.Runtime.CompilerServices;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Turns one column's noted fields into values: one call a column and chunk, a straight loop inside.</summary>
internal abstract unsafe class PgDecoder
{
    /// <summary>Appends the fields.</summary>
    /// <param name="fields">Where they stand.</param>
    /// <param name="data">What the places count from.</param>
    /// <param name="to">The column's builder.</param>
    /// <param name="at">The row that the first field goes to.</param>
    /// <param name="place">What errors say of it.</param>
    public abstract void Decode(FieldColumn fields, byte* data, ColumnBuilder to, int at, in PgPlace place);

    /// <summary>The decoder for a column.</summary>
    public static PgDecoder For(DataType type, Looseness looseness) => type switch
    {
        DecimalType => new PgNumericDecoder(looseness),
        ArrayType array => new PgArrayDecoder(For(array.Element, looseness)),
        _ => type.Kind switch
        {
            TypeKind.Boolean => new PgBoolDecoder(),
            TypeKind.SmallInt => new PgFixedDecoder<short, short, PgFixed.Int16>(),
            TypeKind.Int => new PgFixedDecoder<int, int, PgFixed.Int32>(),
            TypeKind.BigInt => new PgFixedDecoder<long, long, PgFixed.Int64>(),
            TypeKind.Float => new PgFixedDecoder<int, float, PgFixed.Float>(),
            TypeKind.Double => new PgFixedDecoder<long, double, PgFixed.Double>(),
            TypeKind.Date => new PgFixedDecoder<int, int, PgFixed.Date>(),
            TypeKind.Time => new PgFixedDecoder<long, long, PgFixed.Time>(),
            TypeKind.Timestamp or TypeKind.TimestampTz => new PgTimestampDecoder(looseness),
            TypeKind.String or TypeKind.Bytes => new PgTextDecoder(),
            _ => throw new ArgumentException($"No PostgreSQL type is read as {type}.", nameof(type)),
        },
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    protected static void WrongLength(int length, int expected, in PgPlace place) =>
        throw place.Wrong($"a value of {expected} bytes came with {length}", "The query gives another type than it was described with: begin the job anew.");
}

/// <summary>Which column and row, for errors.</summary>
internal readonly record struct PgPlace(string Table, string Column, long FirstRow)
{
    public PgPlace(TableSchema table, ColumnDef column, long firstRow)
        : this(table.TableId, column.Name, firstRow)
    {
    }

    /// <param name="what">What is wrong.</param>
    /// <param name="mend">What to do.</param>
    /// <param name="index">The field's number from the first, or -1.</param>
    public ChunnelException Wrong(string what, string mend, int index = -1) =>
        new(JdbcErrors.CastFailed, $"Table '{Table}', column '{Column}'{(index < 0 ? "" : FormattableString.Invariant($", row {FirstRow + index + 1}"))}: {what}.") { Mend = mend };
}
