using System.Globalization;
using Chunnel.Core;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>The types of created tables (spec connectors.md 7.9): as the job says, else PostgreSQL's own where the column comes from there.</summary>
internal static class PgTypes
{
    private const int MostVarchar = 10_485_760;
    private const int MostTimeScale = 6;

    public static async ValueTask<string> OfAsync(NpgsqlConnection connection, ColumnDef column, bool isOurs, CancellationToken stop)
    {
        if (column.SinkType is null && isOurs && column.SourceType is { } own && await IsKnownAsync(connection, own, stop)) return own;
        return Of(column);
    }

    public static string Of(ColumnDef column) => column.SinkType ?? column.Type.Kind switch
    {
        TypeKind.String when column.Length is > 0 and <= MostVarchar => Invariant($"varchar({column.Length})"),
        TypeKind.Time => Invariant($"time({Scale(column)})"),
        TypeKind.Timestamp => Invariant($"timestamp({Scale(column)})"),
        TypeKind.TimestampTz => Invariant($"timestamp({Scale(column)}) with time zone"),
        _ => Of(column.Type),
    };

    private static string Of(DataType type) => type switch
    {
        DecimalType number => Invariant($"numeric({number.Precision},{number.Scale})"),
        ArrayType array when array.Element.Kind is TypeKind.Array or TypeKind.Map or TypeKind.Row || array.Element.IsVector => "jsonb",
        ArrayType array => Of(array.Element) + "[]",
        _ => type.Kind switch
        {
            TypeKind.Boolean => "boolean",
            TypeKind.TinyInt or TypeKind.SmallInt => "smallint",
            TypeKind.Int => "integer",
            TypeKind.BigInt => "bigint",
            TypeKind.Float => "real",
            TypeKind.Double => "double precision",
            TypeKind.Bytes => "bytea",
            TypeKind.Date => "date",
            TypeKind.Time => "time",
            TypeKind.Timestamp => "timestamp",
            TypeKind.TimestampTz => "timestamp with time zone",
            TypeKind.Map or TypeKind.Row => "jsonb",
            _ => "text",
        },
    };

    private static int Scale(ColumnDef column) => Math.Clamp(column.Scale ?? MostTimeScale, 0, MostTimeScale);

    /// <summary>False for a type of the source's database only: an enum, a domain, one of an extension.</summary>
    private static async ValueTask<bool> IsKnownAsync(NpgsqlConnection connection, string type, CancellationToken stop)
    {
        try
        {
            await using var command = new NpgsqlCommand("select to_regtype($1) is not null", connection) { Parameters = { new() { Value = type } } };
            return (bool)(await command.ExecuteScalarAsync(stop))!;
        }
        catch (PostgresException)
        {
            // What is no type's name at all.
            return false;
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
