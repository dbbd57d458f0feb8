using System.Globalization;
using Chunnel.Core;
using Chunnel.TestKit;
using DuckDB.NET.Data;

namespace Chunnel.Formats.Tests.Duck;

/// <summary>A table of ours in DuckDB. Values are compared in one plain form, so that neither side's way of printing counts.</summary>
internal sealed class DuckTable(DuckDBConnection duck, TableSchema schema)
{
    /// <summary>Types that both have, with the same meaning in csv and json.</summary>
    public static bool Knows(DataType type) => type.Kind is not (TypeKind.Bytes or TypeKind.TimestampTz or TypeKind.Map or TypeKind.Array or TypeKind.Row);

    public static bool KnowsNested(DataType type) => Knows(type) || type.Kind is TypeKind.Array or TypeKind.Row;

    /// <summary>The columns as <c>read_csv</c> and <c>read_json</c> want them.</summary>
    public string Columns => "{" + string.Join(", ", schema.Columns.Select(column => $"'{column.Name}': '{SqlType(column.Type)}'")) + "}";

    public void Fill(IEnumerable<BoxedRow> rows)
    {
        Execute($"CREATE OR REPLACE TABLE t ({string.Join(", ", schema.Columns.Select(column => $"{column.Name} {SqlType(column.Type)}"))})");
        var values = rows.Select(row => "(" + string.Join(", ", schema.Columns.Select((column, i) => Literal(row[i], column.Type))) + ")").ToList();
        if (values.Count > 0) Execute("INSERT INTO t VALUES " + string.Join(",\n", values));
    }

    public void Execute(string sql)
    {
        using var command = duck.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>All rows of a table or a function, each in the form of <see cref="Plain(BoxedRow)"/>.</summary>
    public List<string> Rows(string from)
    {
        using var command = duck.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", schema.Columns.Select(column => Comparable(column.Name, column.Type)))} FROM {from}";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', schema.Columns.Select((column, i) => reader.IsDBNull(i) ? "null" : column.Type is DecimalType ? Unscaled(reader.GetString(i)) : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }
        return rows;
    }

    public static string Plain(BoxedRow row) => string.Join('|', row.Values.Select(value => Plain(value)));

    private static string Plain(object? value) => value switch
    {
        null => "null",
        BoxedDecimal number => number.Unscaled.ToString(CultureInfo.InvariantCulture),
        BoxedDate date => date.Days.ToString(CultureInfo.InvariantCulture),
        BoxedTime time => (time.Nanos / 1000).ToString(CultureInfo.InvariantCulture),
        BoxedTimestamp moment => moment.Micros.ToString(CultureInfo.InvariantCulture),
        BoxedList list => "[" + string.Join(", ", list.Items.Select(Plain)) + "]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Unscaled(string number) => Int128.Parse(number.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    private static string Comparable(string name, DataType type) => type switch
    {
        DecimalType => $"{name}::VARCHAR",
        ArrayType => $"replace({name}::VARCHAR, 'NULL', 'null')",
        RowType row => $"CASE WHEN {name} IS NOT NULL THEN '[' || {string.Join(" || ', ' || ", row.Fields.Select(field => $"coalesce({name}.{field.Name}::VARCHAR, 'null')"))} || ']' END",
        _ => type.Kind switch
        {
            TypeKind.Date => $"datediff('day', DATE '1970-01-01', {name})",
            TypeKind.Time => $"epoch_us({name})",
            TypeKind.Timestamp => $"epoch_us({name})",
            _ => name,
        },
    };

    private static string Literal(object? value, DataType type) => value switch
    {
        null => "NULL",
        bool truth => truth ? "true" : "false",
        float or double => $"'{((IFormattable)value).ToString("R", CultureInfo.InvariantCulture)}'::{SqlType(type)}",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        BoxedDecimal number => $"'{number}'::{SqlType(type)}",
        BoxedDate date => $"DATE '1970-01-01' + {date.Days}",
        BoxedTime time => $"TIME '00:00:00' + to_microseconds({time.Nanos / 1000})",
        BoxedTimestamp moment => $"make_timestamp({moment.Micros})",
        BoxedList list when type is RowType row => "{" + string.Join(", ", row.Fields.Select((field, i) => $"'{field.Name}': {Literal(list.Items[i], field.Type)}")) + "}",
        BoxedList list => "[" + string.Join(", ", list.Items.Select(item => Literal(item, ((ArrayType)type).Element))) + "]::" + SqlType(type),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string SqlType(DataType type) => type switch
    {
        DecimalType number => $"DECIMAL({number.Precision}, {number.Scale})",
        ArrayType list => SqlType(list.Element) + "[]",
        RowType row => $"STRUCT({string.Join(", ", row.Fields.Select(field => $"{field.Name} {SqlType(field.Type)}"))})",
        _ => type.Kind switch
        {
            TypeKind.String => "VARCHAR",
            TypeKind.Int => "INTEGER",
            var kind => kind.ToString().ToUpperInvariant(),
        },
    };
}
