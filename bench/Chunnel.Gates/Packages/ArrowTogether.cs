using Apache.Arrow;
using Apache.Arrow.Types;
using Chunnel.Gates.Parquet;
using ParquetSharp.Arrow;

namespace Chunnel.Gates.Packages;

/// <summary>packages.md 11.3 item 1: one Apache.Arrow for ParquetSharp, DuckDB.NET and us.</summary>
internal sealed class ArrowTogether : Gate
{
    /// <summary>One expression per type, with values at the edges; a null is added to each.</summary>
    private static readonly (string Type, string Values)[] s_columns =
    [
        ("boolean", "true, false"),
        ("tinyint", "-128, 127"),
        ("smallint", "-32768, 32767"),
        ("integer", "-2147483648, 2147483647"),
        ("bigint", "-9223372036854775808, 9223372036854775807"),
        ("float", "'1.5', '-3.4028235e38'"),
        ("double", "'0.1', '1.7976931348623157e308'"),
        ("decimal(18,4)", "'-99999999999999.9999', '0.0001'"),
        ("decimal(38,10)", "'9999999999999999999999999999.9999999999', '-1'"),
        ("varchar", "'', 'grüße 日本'"),
        ("blob", "'\\x00\\xFF'::blob, ''::blob"),
        ("date", "'0001-01-01', '9999-12-31'"),
        ("time", "'00:00:00', '23:59:59.999999'"),
        ("timestamp", "'0001-01-01 00:00:00', '9999-12-31 23:59:59.999999'"),
        ("timestamptz", "'1970-01-01 00:00:00+00', '2024-02-29 12:00:00+00'"),
        ("integer[]", "[1, null, 3], []"),
        ("struct(a integer, b varchar)", "{'a': 1, 'b': 'x'}, {'a': null, 'b': null}"),
        ("map(varchar, integer)", "map {'k': 1, 'l': null}, map {}"),
    ];

    public override string Name => "arrow";

    public override string Question => "Do ParquetSharp and DuckDB.NET both work on the one Apache.Arrow that we pin, for every type?";

    public override void Run(Report report)
    {
        report.Row("Apache.Arrow loaded", $"{typeof(RecordBatch).Assembly.GetName().Version}, {typeof(FileWriter).Assembly.GetName().Name} {typeof(FileWriter).Assembly.GetName().Version}, DuckDB.NET {typeof(DuckDB.NET.Data.DuckDBConnection).Assembly.GetName().Version}");
        var folder = Directory.CreateTempSubdirectory("chunnel-gate-").FullName;
        try
        {
            foreach (var (type, values) in s_columns)
            {
                RoundTrip(report, type, values, Path.Combine(folder, "one.parquet"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>DuckDB makes it, hands it out as Arrow, ParquetSharp writes and reads it, DuckDB compares.</summary>
    private static void RoundTrip(Report report, string type, string values, string file)
    {
        using var duck = new Duck(threads: 1);
        try
        {
            duck.Run($"create table t as select row_number() over () as i, v::{type} as v from (select unnest([{values}, null]) as v)");
            Write(duck, file);
            var kept = ReadTypes(file);
            var differing = duck.Value($"select count(*) from t full join '{file}' p on t.i = p.i where t.v is distinct from p.v");
            report.Must($"{type} -> Arrow -> Parquet ({kept}) -> DuckDB, same values", Convert.ToInt64(differing) == 0);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            report.Must($"{type}: {failure.GetType().Name}: {failure.Message.Split('\n')[0]}", holds: false);
        }
    }

    private static void Write(Duck duck, string file)
    {
        using var command = duck.Command("select i, v from t order by i");
        using var stream = command.ExecuteArrowStream();
        using var writer = new FileWriter(file, stream.Schema);
        while (stream.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
        {
            using (batch)
            {
                writer.WriteBufferedRecordBatch(batch);
            }
        }
        writer.Close();
    }

    private static string ReadTypes(string file)
    {
        using var reader = new FileReader(file);
        using var stream = reader.GetRecordBatchReader();
        var rows = 0;
        while (stream.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
        {
            using (batch)
            {
                rows += batch.Length;
            }
        }
        var type = reader.Schema.GetFieldByIndex(1).DataType;
        return $"{rows} rows of {Describe(type)}";
    }

    private static string Describe(IArrowType type) => type switch
    {
        TimestampType timestamp => $"timestamp[{timestamp.Unit}{(timestamp.Timezone is { } zone ? ", " + zone : "")}]",
        Decimal128Type number => $"decimal128({number.Precision},{number.Scale})",
        _ => type.Name,
    };
}
