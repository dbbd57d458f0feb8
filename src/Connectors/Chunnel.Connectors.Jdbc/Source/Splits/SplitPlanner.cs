using System.Globalization;
using System.Numerics;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// Cuts tables into splits (spec connectors.md 7.4): a fixed number of parts for a query with a partition column, else by size, evenly
/// where keys are spread evenly and by what is there where they are not. Rows without a key are a split of their own.
/// </summary>
internal sealed class SplitPlanner(JdbcSourceSettings settings, IReadOnlyList<JdbcTable> tables, bool keepsGoing)
{
    private Dialect Dialect => settings.Dialect;

    /// <summary>The splits of all tables for so many readers.</summary>
    public async ValueTask<IReadOnlyList<JdbcSplit>> PlanAsync(int readers, CancellationToken stop)
    {
        var splits = new List<JdbcSplit>();
        IDatabase? database = null;
        try
        {
            var opened = "";
            for (var table = 0; table < tables.Count; table++)
            {
                var (order, name) = (tables[table], tables[table].Database ?? "");
                IReadOnlyList<SplitPart> parts = [SplitPart.All];
                if (order.SplitColumn is not null && (readers > 1 || order.SplitsAsked || order.Fixed is not null))
                {
                    if (database is null || opened != name)
                    {
                        if (database is not null) await database.DisposeAsync();
                        database = await Dialect.OpenAsync(settings.Connection, order.Database, stop);
                        opened = name;
                    }
                    parts = await PartsAsync(database, order, stop);
                }
                // In a job that runs on, or where rows come in small parts anyway, the order of the key lets a reader go on after any change of the table.
                var byKey = order.Key.Count > 0 && (keepsGoing || parts.Count > 1);
                splits.AddRange(parts.Select((part, number) => new JdbcSplit(table, number, part) { ByKey = byKey, MayJoin = order.Fixed is null }));
            }
        }
        finally
        {
            if (database is not null) await database.DisposeAsync();
        }
        return splits;
    }

    private async ValueTask<IReadOnlyList<SplitPart>> PartsAsync(IDatabase database, JdbcTable table, CancellationToken stop)
    {
        var column = table.SplitColumn!;
        var parts = table.Fixed is { } order ? await FixedAsync(database, table, column, order, stop) : await BySizeAsync(database, table, column, stop);
        return parts.Count == 1 && parts[0] == SplitPart.All ? parts : column.Nullable ? [.. parts, SplitPart.Nulls] : parts;
    }

    private async ValueTask<IReadOnlyList<SplitPart>> FixedAsync(IDatabase database, JdbcTable table, ColumnDef column, FixedSplits order, CancellationToken stop)
    {
        if (column.Type == DataType.String) return [.. Enumerable.Range(0, order.Parts).Select(part => new SplitPart { HashPart = part, HashParts = order.Parts })];
        var (asked, least, most) = (order.Lower is null || order.Upper is null, order.Lower, order.Upper);
        if (asked)
        {
            var bounds = await BoundsAsync(database, table, column, stop);
            (least, most) = (order.Lower ?? bounds.Least, order.Upper ?? bounds.Most);
        }
        if (least is null || most is null) return [SplitPart.All];
        if (KeyNumber.Of(least, column.Type) is not { } from || KeyNumber.Of(most, column.Type) is not { } to)
            throw new ChunnelException(CommonErrors.OptionValidateFailed, $"The bounds '{least}' and '{most}' of '{column.Name}' are no values to count with.") { Where = settings.Tables[0].Where, Mend = "Set partition_lower_bound and partition_upper_bound to numbers, or to dates as 2024-01-31." };
        var width = BigInteger.Max(1, (to - from + order.Parts) / order.Parts);
        var parts = Ranges(from, to, width, column.Type);
        // A bound that the job gives leaves out what lies beyond it; one that the server told does not, for rows may come.
        if (order.Lower is not null) parts[0] = parts[0] with { Lower = order.Lower };
        if (order.Upper is not null) parts[^1] = parts[^1] with { Upper = order.Upper, UpperIsIn = true };
        return parts;
    }

    private async ValueTask<IReadOnlyList<SplitPart>> BySizeAsync(IDatabase database, JdbcTable table, ColumnDef column, CancellationToken stop)
    {
        const int factorDigits = 10_000;
        var rules = settings.Splits;
        var (least, most) = await BoundsAsync(database, table, column, stop);
        if (least is null || most is null || least == most) return [SplitPart.All];
        var rows = await RowsAsync(database, table, stop);
        if (rows <= rules.Size) return [SplitPart.All];
        if (KeyNumber.Of(least, column.Type) is { } from && KeyNumber.Of(most, column.Type) is { } to)
        {
            var factor = Math.Ceiling((double)(to - from + 1) / rows * factorDigits) / factorDigits;
            if (factor >= rules.EvenFrom && factor <= rules.EvenTo) return Ranges(from, to, BigInteger.Max(1, new BigInteger(factor * rules.Size)), column.Type);
        }
        var borders = rows / rules.Size > rules.SampleThreshold
            ? await SampledAsync(database, table, column, rows, stop)
            : await SteppedAsync(database, table, column, stop);
        return Between(borders);
    }

    /// <summary>Open at both ends, so that no key is outside.</summary>
    private static List<SplitPart> Ranges(BigInteger from, BigInteger to, BigInteger width, DataType type)
    {
        var borders = new List<string>();
        for (var border = from + width; border <= to; border += width) borders.Add(KeyNumber.ToKey(border, type));
        return Between(borders);
    }

    private static List<SplitPart> Between(IReadOnlyList<string> borders)
    {
        var parts = new List<SplitPart>(borders.Count + 1);
        for (var i = 0; i <= borders.Count; i++) parts.Add(new SplitPart { Lower = i == 0 ? null : borders[i - 1], Upper = i == borders.Count ? null : borders[i] });
        return parts;
    }

    private async ValueTask<(string? Least, string? Most)> BoundsAsync(IDatabase database, JdbcTable table, ColumnDef column, CancellationToken stop)
    {
        var name = Dialect.Quote(column.Name);
        // Least and most by order, not by min and max: those are not there for every type that has an order.
        var ends = await database.RowAsync($"select (select {name} from {table.From}{Filled(table, name)} order by {name} limit 1), (select {name} from {table.From}{Filled(table, name)} order by {name} desc limit 1)", 2, stop);
        return (ends[0], ends[1]);
    }

    private async ValueTask<long> RowsAsync(IDatabase database, JdbcTable table, CancellationToken stop)
    {
        if (!settings.Splits.CountsRows && table.Whole is { } path && await database.EstimateRowsAsync(path, stop) is { } about) return about;
        var row = await database.RowAsync($"select count(*) from {table.From}{SplitQuery.Where(Common(table))}", 1, stop);
        return long.Parse(row[0]!, CultureInfo.InvariantCulture);
    }

    /// <summary>Asks for each border: the key that stands a split's rows behind the one before.</summary>
    private async ValueTask<IReadOnlyList<string>> SteppedAsync(IDatabase database, JdbcTable table, ColumnDef column, CancellationToken stop)
    {
        var name = Dialect.Quote(column.Name);
        var borders = new List<string>();
        var size = settings.Splits.Size.ToString(CultureInfo.InvariantCulture);
        while (true)
        {
            var last = borders.Count == 0 ? $"{name} is not null" : $"{name} >= {Dialect.Literal(borders[^1])}";
            var next = await database.ColumnAsync($"select {name} from {table.From}{SplitQuery.Where([.. Common(table), last])} order by {name} offset {size} limit 1", stop);
            if (next is [{ } same] && borders.Count > 0 && same == borders[^1])
            {
                // More rows with one key than a split is to have: it goes on behind them.
                next = await database.ColumnAsync($"select {name} from {table.From}{SplitQuery.Where([.. Common(table), $"{name} > {Dialect.Literal(same)}"])} order by {name} limit 1", stop);
            }
            if (next is not [{ } border]) return borders;
            borders.Add(border);
        }
    }

    /// <summary>Takes every n-th key and cuts what is taken into as many pieces as there are to be splits.</summary>
    private async ValueTask<IReadOnlyList<string>> SampledAsync(IDatabase database, JdbcTable table, ColumnDef column, long rows, CancellationToken stop)
    {
        var name = Dialect.Quote(column.Name);
        var rate = Math.Min(settings.Splits.SamplingRate, settings.Splits.Size).ToString(CultureInfo.InvariantCulture);
        var sample = await database.ColumnAsync($"select {name} from (select {name}, row_number() over () as chunnel_n from {table.From}{Filled(table, name)}) s where chunnel_n % {rate} = 0 order by {name}", stop);
        var shards = (int)Math.Min(rows / settings.Splits.Size, sample.Count);
        var borders = new List<string>(shards);
        for (var shard = 1; shard < shards; shard++)
        {
            var border = sample[(int)((long)shard * sample.Count / shards)]!;
            if (borders.Count == 0 || borders[^1] != border) borders.Add(border);
        }
        return borders;
    }

    private static string Filled(JdbcTable table, string name) => SplitQuery.Where([.. Common(table), $"{name} is not null"]);

    private static IReadOnlyList<string> Common(JdbcTable table) => table.Condition is { } condition ? [$"({condition})"] : [];
}
