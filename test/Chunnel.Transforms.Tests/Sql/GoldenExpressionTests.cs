using System.Globalization;
using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Sql;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Tests.Sql;

/// <summary>
/// Expressions with the value and type that a running SeaTunnel gave for them. What we give instead, on purpose or because it is not built
/// yet, stands in sql-differences.tsv with the reason: the test fails for any other difference, and for a difference that is none.
/// </summary>
public class GoldenExpressionTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "golden");
    private static readonly DateTimeOffset DayOfRecording = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[][] Recorded = Read("sql-expressions.tsv");

    [Fact]
    public void Expressions_give_what_was_recorded_or_a_listed_difference()
    {
        var differences = Read("sql-differences.tsv").Where(line => line[0] is "select" or "where").ToDictionary(line => (line[0], line[1]), line => line);
        var (schema, row) = Input();
        var wrong = new StringBuilder();
        foreach (var line in Recorded.Where(line => line[0] is "select" or "where"))
        {
            var expected = (line[2], line[0] == "select" && line[2] != "ERROR" ? line[3] : "");
            if (line[0] == "where") expected.Item2 = "";
            var actual = Evaluate(schema, row, line[0], line[1]);
            var same = expected.Item1 == "ERROR" ? actual.Value == "ERROR" : actual.Value == expected.Item1 && (line[0] == "where" || SameType(actual.Type, expected.Item2));
            if (differences.Remove((line[0], line[1]), out var difference))
            {
                if (same) wrong.AppendLine(CultureInfo.InvariantCulture, $"no difference any more: {line[0]}\t{line[1]}");
                else if (difference[2] != actual.Value || (actual.Value != "ERROR" && line[0] == "select" && difference[3] != actual.Type)) wrong.AppendLine(CultureInfo.InvariantCulture, $"{line[0]}\t{line[1]}\t{actual.Value}\t{actual.Type}\tlisted {difference[2]} {difference[3]}; {actual.Error}");
            }
            else if (!same)
            {
                wrong.AppendLine(CultureInfo.InvariantCulture, $"{line[0]}\t{line[1]}\t{actual.Value}\t{actual.Type}\trecorded {expected.Item1} {expected.Item2}; {actual.Error}");
            }
        }
        foreach (var left in differences.Keys) wrong.AppendLine(CultureInfo.InvariantCulture, $"not recorded: {left}");
        wrong.ToString().ShouldBeEmpty();
    }

    private static bool SameType(string ours, string recorded) =>
        string.Equals(ours.Replace(" ", "", StringComparison.Ordinal), recorded.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)
        || (recorded.StartsWith("ROW<", StringComparison.Ordinal) && ours.StartsWith("ROW<", StringComparison.Ordinal));

    private static (string Value, string Type, string Error) Evaluate(TableSchema schema, BoxedRow row, string kind, string expression)
    {
        var text = expression.Replace("\\\\", "\\", StringComparison.Ordinal);
        var query = kind == "select" ? $"select {text} as x from t" : $"select i from t where {text}";
        try
        {
            using var transform = new SqlTransform(schema, new QueryText(query, TextPosition.Nowhere), new RowErrors("Sql", RowErrorWay.Fail));
            transform.Open(new TransformRuntime { Subtask = 0, Memory = BatchMemory.Unlimited(), Clock = new StoppedClock(DayOfRecording) });
            using var output = transform.Apply(BoxedRows.ToBatch(schema, [row], BatchMemory.Unlimited()));
            if (kind == "where") return (output is null ? "dropped" : "kept", "", "");
            return (Text(output!), transform.Output.Columns[0].Type.ToString().ToUpperInvariant(), "");
        }
        catch (ChunnelException error)
        {
            return ("ERROR", "", error.Message.Replace('\n', ' '));
        }
    }

    private static string Text(ColumnBatch batch)
    {
        if (batch[0].IsNull(0)) return "NULL";
        if (batch[0] is TextColumn { Type.Kind: TypeKind.Bytes } bytes) return "0x" + Convert.ToHexStringLower(bytes[0]);
        var writer = new ByteWriter();
        ValueText.Append(writer, batch[0], 0, TextFormat.Console);
        // The recording writes a backslash twice.
        return Encoding.UTF8.GetString(writer.Written).Replace("\\", "\\\\", StringComparison.Ordinal);
    }

    private static (TableSchema Schema, BoxedRow Row) Input()
    {
        var table = Query.Table(
            ("bt", DataType.Boolean), ("bf", DataType.Boolean), ("bn", DataType.Boolean), ("ti", DataType.TinyInt), ("si", DataType.SmallInt),
            ("i", DataType.Int), ("j", DataType.Int), ("neg", DataType.Int), ("zero", DataType.Int), ("imax", DataType.Int),
            ("bi", DataType.BigInt), ("big", DataType.BigInt), ("bmax", DataType.BigInt), ("ems", DataType.BigInt), ("es", DataType.BigInt),
            ("f", DataType.Float), ("d", DataType.Double), ("dneg", DataType.Double),
            ("dec", DataType.Decimal(10, 2)), ("dec4", DataType.Decimal(5, 4)), ("decz", DataType.Decimal(10, 2)),
            ("s", DataType.String), ("e", DataType.String), ("num", DataType.String), ("u", DataType.String), ("sp", DataType.String), ("sdt", DataType.String),
            ("ns", DataType.String), ("ni", DataType.Int), ("nd", DataType.Double),
            ("dt", DataType.Date), ("dt2", DataType.Date), ("ndt", DataType.Date), ("tm", DataType.Time),
            ("ts", DataType.Timestamp), ("ts2", DataType.Timestamp), ("nts", DataType.Timestamp), ("by", DataType.Bytes),
            ("arr", DataType.Array(DataType.Int)), ("m", DataType.Map(DataType.String, DataType.String)),
            ("r", DataType.Row(new RowField("x", DataType.Int), new RowField("y", DataType.String))));
        var (dt, dt2) = ((int)CivilDate.ToDays(2021, 4, 15), (int)CivilDate.ToDays(2022, 1, 23));
        var tm = ((10 * 60L + 15) * 60 + 30) * CivilTime.NanosPerSecond;
        var ts = dt * CivilTime.MicrosPerDay + (((13 * 60L + 34) * 60) + 45) * CivilTime.MicrosPerSecond + 123_000;
        return (table, new BoxedRow(
            true, false, null, (sbyte)11, (short)300, 7, 2, -7, 0, int.MaxValue, 9_000_000_000L, 9007199254740993L, long.MaxValue, 1618493685123L, 1672545600L,
            1.5f, 13.2, -2.5, new BoxedDecimal(12345, 2, 2), new BoxedDecimal(12345, 4, 4), new BoxedDecimal(0, 2, 2),
            "Joy Ding", "", "42", "héllo 测😀", "  ab  ", "2021-04-15 13:34:45", null, null, null,
            new BoxedDate(dt), new BoxedDate(dt2), null, new BoxedTime(tm), new BoxedTimestamp(ts), new BoxedTimestamp(dt2 * CivilTime.MicrosPerDay), null,
            new BoxedBytes("abc"u8.ToArray()), new BoxedList(1, 2, 3), new BoxedMap([KeyValuePair.Create<object, object?>("k", "v")]), new BoxedList(5, "yy")));
    }

    private static string[][] Read(string file)
    {
        // A value may hold the separator of lines only where a text of the recording does: such lines are told by their first word.
        return [.. File.ReadAllLines(Path.Combine(Folder, file)).Select(line => line.Split('\t'))];
    }
}
