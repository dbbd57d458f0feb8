using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql;

namespace Chunnel.Bench.Sql;

/// <summary>
/// Queries over batches that stand ready, from <see cref="ITransform.ApplyAsync"/> to the release of what comes out; beside each a plain loop
/// over boxed rows, as engines without columns work, and DuckDB on one thread.
/// </summary>
internal static class SqlBench
{
    public static async Task RunAsync()
    {
        var report = new Report();
        var batches = SqlRows.MakeBatches();
        var rows = batches.SelectMany(SqlRows.Boxed).ToArray();
        using var duck = new SqlDuck(report);
        report.Begin($"Sql transform, batches of {ColumnBatch.AimRows} rows");

        var plain = report.Measure("plain loop: filter on int and string, 3 columns", rows.Length, () => PlainQueries.Filter(rows));
        await MeasureAsync(report, batches, "select id, name, price from t where n > 500 and name <> 'x'", plain, 60);
        await MeasureAsync(report, batches, "select id, name, price from t where n > 900 and name <> 'x'", plain, 60);

        plain = report.Measure("plain loop: a + b, price * 1.1 where a > 300", rows.Length, () => PlainQueries.Sum(rows));
        duck.Measure("select max(a + b), max(price * 1.1) from t where a > 300");
        await MeasureAsync(report, batches, "select a + b as s, price * 1.1 as p from t where a > 300", plain, 40);

        plain = report.Measure("plain loop: CASE, upper, substring, concat", rows.Length, () => PlainQueries.Texts(rows));
        duck.Measure("select max(case when name = 'x' then 'none' when n > 500 then upper(name) else substring(name, 3, 5) end), max(name || '-' || substring(name, 1, 3)) from t");
        await MeasureAsync(report, batches,
            "select case when name = 'x' then 'none' when n > 500 then upper(name) else substring(name, 3, 5) end as c, concat(name, '-', substring(name, 1, 3)) as k from t", plain, 8);

        plain = report.Measure("plain loop: a day later and its text", rows.Length, () => PlainQueries.Dates(rows));
        duck.Measure("select max(ts + interval 36 hour), max(strftime(ts, '%Y-%m-%d %H:%M:%S')), max(date_diff('day', ts, timestamp '2022-01-01')) from t");
        await MeasureAsync(report, batches,
            "select dateadd(ts, 36, 'HOUR') as later, formatdatetime(ts, 'yyyy-MM-dd HH:mm:ss') as shown, datediff(ts, timestamp '2022-01-01 00:00:00') as days from t", plain, 8);

        plain = report.Measure("plain loop: two fields of a document of 300 bytes, System.Text.Json", rows.Length, () => PlainQueries.Json(rows));
        await MeasureAsync(report, batches, "select get_json_object(doc, '$.user.city') as city, get_json_object(doc, '$.total') as total from t", plain, 1.5);

        await MeasureAsync(report, batches, "select id, case when n > 500 then 'big' else 'small' end as size from t");
        await MeasureAsync(report, batches, "select upper(name) as u, length(name) as l from t");
        await MeasureAsync(report, batches, "select id from t where name like '%ab%'");
        await MeasureAsync(report, batches, "select id from t where regexp_like(name, 'a[b-d]+')");
        await MeasureAsync(report, batches, "select name || '-' || id as k from t");
        await MeasureAsync(report, batches, "select amount * 2 + 0.5 as x from t");
        await MeasureAsync(report, batches, "select a / 7 as q, cast(n as string) as s from t");
        await MeasureAsync(report, batches, "select id, uuid() as u from t");
        await MeasureAsync(report, batches, "select id, piece from t lateral view explode(split(name, 'e')) as piece");
        foreach (var batch in batches) batch.Dispose();
    }

    private static async Task MeasureAsync(Report report, List<ColumnBatch> batches, string query, double plain = 0, double mustReach = 0)
    {
        var settings = new SettingsObject([new SettingsEntry("query", new SettingsScalar(query, ScalarKind.Text))]);
        await using var transform = await new SqlPlugin().CreateAsync(new TransformContext { Settings = settings, Tables = [SqlRows.Table] }, default);
        var sink = new Discard();
        report.Measure($"`{query}`", (long)SqlRows.Batches * ColumnBatch.AimRows, () =>
        {
            foreach (var batch in batches)
            {
                var applied = transform.ApplyAsync(batch.Share(), sink, default);
                if (!applied.IsCompletedSuccessfully) throw new InvalidOperationException("The Sql transform never waits.");
                applied.GetAwaiter().GetResult();
            }
        }, plain, mustReach);
    }

    private sealed class Discard : ITransformOutput
    {
        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            batch.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
