using System.Globalization;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats.Tests;

/// <summary>Tables of every type with values that formats find hard, from a seed.</summary>
internal sealed class RandomTables(int seed)
{
    private static readonly string[] Words = ["", "a", ",", "\"", "\"\"", "\n", "\r\n", "\r", " b ", "x,y", "NULL", "\\N", "é", "文字", "\\", "'", "\t", "\u0001", "12", "true", new('w', 31), new('v', 32), new('z', 100)];

    private static readonly DataType[] Types =
    [
        DataType.Boolean, DataType.TinyInt, DataType.SmallInt, DataType.Int, DataType.BigInt, DataType.Float, DataType.Double, DataType.Decimal(10, 2), DataType.Decimal(38, 18),
        DataType.String, DataType.String, DataType.Bytes, DataType.Date, DataType.Time, DataType.Timestamp, DataType.TimestampTz,
        DataType.Array(DataType.Int), DataType.Map(DataType.String, DataType.Double), DataType.Row(new RowField("p", DataType.Int), new RowField("q", DataType.String)),
    ];

    private readonly Random _chance = new(seed);

    public TableSchema Schema(int mostColumns, Func<DataType, bool>? wanted = null)
    {
        var types = Types.Where(wanted ?? (_ => true)).ToArray();
        return Decoding.Schema([.. Enumerable.Range(0, _chance.Next(1, mostColumns + 1)).Select(i => ($"c{i}", types[_chance.Next(types.Length)]))]);
    }

    /// <summary>A row as a JSON object.</summary>
    public string Row(TableSchema schema) =>
        "{" + string.Join(',', schema.Columns.Select(column => $"\"{column.Name}\":{(_chance.Next(8) == 0 ? "null" : Value(column.Type))}")) + "}";

    public string Text() => string.Concat(Enumerable.Range(0, _chance.Next(3)).Select(_ => Words[_chance.Next(Words.Length)]));

    public int Next(int below) => _chance.Next(below);

    private string Value(DataType type) => type switch
    {
        ArrayType list => "[" + string.Join(',', Enumerable.Range(0, _chance.Next(1, 4)).Select(_ => Value(list.Element))) + "]",
        MapType map => "{" + string.Join(',', Enumerable.Range(0, _chance.Next(1, 3)).Select(i => $"\"k{i}\":{Value(map.Value)}")) + "}",
        RowType row => "{" + string.Join(',', row.Fields.Select(field => $"\"{field.Name}\":{(field.Type == DataType.String ? "\"w\"" : Value(field.Type))}")) + "}",
        DecimalType { Precision: 38 } => $"{_chance.NextInt64()}.{_chance.Next(1, 1000)}",
        DecimalType => ((decimal)_chance.Next(-99_999_999, 99_999_999) / 100).ToString(CultureInfo.InvariantCulture),
        _ => Basic(type),
    };

    private string Basic(DataType type) => type.Kind switch
    {
        TypeKind.Boolean => _chance.Next(2) == 0 ? "true" : "false",
        TypeKind.TinyInt => ((sbyte)_chance.Next()).ToString(CultureInfo.InvariantCulture),
        TypeKind.SmallInt => ((short)_chance.Next()).ToString(CultureInfo.InvariantCulture),
        TypeKind.Int => (_chance.Next(2) == 0 ? _chance.Next(-200, 200) : _chance.Next(int.MinValue, int.MaxValue)).ToString(CultureInfo.InvariantCulture),
        TypeKind.BigInt => (_chance.NextInt64(long.MinValue, long.MaxValue) >> _chance.Next(64)).ToString(CultureInfo.InvariantCulture),
        TypeKind.Float => BitConverter.Int32BitsToSingle(_chance.Next() & 0x7F00_0000 | _chance.Next() & 0xFF_FFFF).ToString("R", CultureInfo.InvariantCulture) is var text && text is not ("NaN" or "Infinity") ? text : "0.5",
        TypeKind.Double => Double(),
        TypeKind.Bytes => $"\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(Text() + "x"))}\"",
        TypeKind.Date => $"\"{Date()}\"",
        TypeKind.Time => $"\"{Clock()}\"",
        TypeKind.Timestamp => $"\"{Date()}T{Clock()}\"",
        TypeKind.TimestampTz => $"\"{Date()}T{Clock()}+0{_chance.Next(9)}:30\"",
        _ => Quoted(Text()),
    };

    private string Double() => _chance.Next(4) switch
    {
        0 => (_chance.Next(-1_000_000, 1_000_000) / 100.0).ToString("R", CultureInfo.InvariantCulture),
        1 => (_chance.NextDouble() * 1e7).ToString("R", CultureInfo.InvariantCulture),
        2 => _chance.Next(-5, 5).ToString(CultureInfo.InvariantCulture),
        _ => BitConverter.Int64BitsToDouble(_chance.NextInt64() & 0x7FEF_FFFF_FFFF_FFFF).ToString("R", CultureInfo.InvariantCulture),
    };

    private string Date() => $"{_chance.Next(1, 10000):D4}-{_chance.Next(1, 13):D2}-{_chance.Next(1, 29):D2}";

    private string Clock() => $"{_chance.Next(24):D2}:{_chance.Next(60):D2}:{_chance.Next(60):D2}";

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
