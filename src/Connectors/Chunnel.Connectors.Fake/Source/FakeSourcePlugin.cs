using System.Buffers.Binary;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>FakeSource: rows made up from a schema, for trying and measuring.</summary>
internal sealed class FakeSourcePlugin : SourcePlugin
{
    public override string Name => "FakeSource";

    public override string Summary => "Makes up rows for a schema, or gives listed ones: for trying a job and for measuring one.";

    public override OptionSet Options => FakeSourceOptions.All;

    public override IReadOnlyList<Problem> Check(SettingsObject settings)
    {
        var problems = new List<Problem>(base.Check(settings));
        if (FakeSourceOptions.TablesConfigs.CheckValue(settings) is not null) return problems;
        if (FakeSourceOptions.TablesConfigs.TryRead(settings, out var tables))
        {
            problems.AddRange(FakeSourceOptions.OfTable.Options.Select(option => option.Find(settings)).OfType<SettingsEntry>().Select(NotInherited));
            foreach (var table in tables) problems.AddRange(FakeSourceOptions.OfTable.Check(table, Name, []));
        }
        if (problems.Exists(problem => problem.Severity == Severity.Error)) return problems;
        foreach (var table in tables ?? [settings]) problems.AddRange(SchemaReader.CheckKeys(table));
        try
        {
            foreach (var table in ReadTables(settings, outputName: null)) problems.AddRange(Try(table));
        }
        catch (ChunnelException wrong)
        {
            problems.AddRange(wrong.ToProblems());
        }
        return problems;
    }

    public override ValueTask<ISource> CreateAsync(SourceContext context, CancellationToken stop)
    {
        var tables = ReadTables(context.Settings, context.OutputName);
        var seed = context.TryGet(FakeSourceOptions.Seed, out var given) ? given : NewSeed();
        if (tables.Any(table => table.Rows is null)) context.Say($"FakeSource makes its rows from the seed {seed}: set seed = {seed} to get the same ones again.");
        return new(new FakeSource(tables, context.Mode == JobMode.Batch, new FakeStart((ulong)seed, context.Clock.GetLocalNow())));
    }

    /// <summary>Chance from the system, without the cryptography library, whose start costs more than a small job.</summary>
    private static long NewSeed()
    {
        Span<byte> chance = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(chance);
        // A few bits of either half are fixed, never the same ones.
        return BinaryPrimitives.ReadInt64LittleEndian(chance) ^ BinaryPrimitives.ReadInt64LittleEndian(chance[sizeof(long)..]);
    }

    private static List<FakeTable> ReadTables(SettingsObject settings, string? outputName)
    {
        if (!FakeSourceOptions.TablesConfigs.TryRead(settings, out var configs)) return [FakeTable.Read(settings, outputName)];
        var tables = configs.Select(config => FakeTable.Read(config, outputName)).ToList();
        var where = FakeSourceOptions.TablesConfigs.Find(settings)!.Value.Where;
        if (tables.Count == 0) throw new ChunnelException(CommonErrors.OptionValidateFailed, "'tables_configs' is empty: there is no table to make up.") { Where = where };
        var names = tables.Select(table => table.Schema.TableId).ToList();
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count)
        {
            throw new ChunnelException(CommonErrors.OptionValidateFailed, $"table name: [{string.Join(", ", names)}] must be unique") { Where = where, Mend = "Give each schema a table of its own." };
        }
        return tables;
    }

    /// <summary>Makes one row of each kind there is, so that what would fail at the first batch fails before the job starts.</summary>
    private static IEnumerable<Problem> Try(FakeTable table)
    {
        var start = new FakeStart(Seed: 0, new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using (RowMaker.For(table with { Rows = null }, start, BatchMemory.Unlimited()))
        {
            // Making it checks the sizes.
        }
        var writer = new CellWriter(start.Now);
        using var builder = new BatchBuilder(table.Schema, BatchMemory.Unlimited(), capacity: 1);
        foreach (var row in table.Rows ?? [])
        {
            writer.PutRow(builder, 0, row.Fields);
            builder.Build(1).Dispose();
        }
        foreach (var (place, value) in table.Rows is null ? table.Defaults : new Dictionary<int, SettingsNode>())
        {
            using var one = ColumnBuilder.For(table.Schema.Columns[place].Type, BatchMemory.Unlimited(), capacity: 1);
            writer.PutValue(one, 0, value, table.Schema.Columns[place].Name);
        }
        if (writer.Rounded == 0) yield break;
        yield return new Problem(CommonErrors.OptionValidateFailed, $"{writer.Rounded} decimal value(s) of table '{table.Schema.TableId}' have more digits than their column keeps and are rounded.")
        {
            Severity = Severity.Warning,
            Mend = "Declare a larger scale, or write fewer digits.",
        };
    }

    private static Problem NotInherited(SettingsEntry entry) =>
        new(CommonErrors.OptionValidateFailed, $"'{entry.Key}' stands beside 'tables_configs', which does not inherit it.")
        {
            Severity = Severity.Warning,
            Where = entry.KeyWhere,
            Mend = "Move it into the elements of the list.",
        };
}
