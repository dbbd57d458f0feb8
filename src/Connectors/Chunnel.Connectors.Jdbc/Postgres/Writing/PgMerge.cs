namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// The statements that bring a staging table's rows into the target, in their order. Of the rows with one key the last counts; whether
/// keys are the same is the server's to say, for 1.0 and 1.00 are. Row kinds are 0 +I, 1 -U, 2 +U, 3 -D.
/// </summary>
internal static class PgMerge
{
    public const string Kind = "chunnel_kind";

    /// <summary>Every row is inserted.</summary>
    public static IReadOnlyList<string> Insert(PgTarget target, string stage) =>
        [$"insert into {target.Table} ({target.Names}) overriding system value select {target.Converted} from {stage} s order by s.ctid"];

    /// <summary>Kinds are carried out by key.</summary>
    /// <param name="target">The table.</param>
    /// <param name="stage">The staging table.</param>
    /// <param name="settings">Keys, and whether rows replace others.</param>
    /// <param name="hasKinds">False when all rows are inserts.</param>
    public static IReadOnlyList<string> Merge(PgTarget target, string stage, JdbcSinkSettings settings, bool hasKinds)
    {
        var keys = PgText.Names(settings.Keys);
        var last = $"(select distinct on ({keys}) * from {stage} order by {keys}, ctid desc) s";
        var byKey = string.Join(" and ", settings.Keys.Select(key => $"t.{PgText.Quote(key)} = {target.ConvertedOf(key)}"));
        var insert = $"insert into {target.Table} ({target.Names}) overriding system value select {target.Converted} from ";
        if (settings.Upserts && !settings.InsertOnly && !IsLow(settings))
        {
            List<string> statements = [];
            if (hasKinds) statements.Add($"delete from {target.Table} t using {last} where s.{Kind} in (1, 3) and {byKey}");
            statements.Add($"{insert}{last}{(hasKinds ? $" where s.{Kind} in (0, 2)" : "")} on conflict ({keys}) do {Update(target, settings)}");
            return statements;
        }
        if (!hasKinds && !IsLow(settings)) return [$"{insert}{last}"];
        // Without upsert: what was deleted goes first; a key that was only updated changes the row that is there, all else is inserted.
        var told = $"""
            (select distinct on ({keys}) *, bool_and({Kind} = 2) over w as chunnel_updates, bool_or({Kind} in (1, 3)) over w as chunnel_deletes
            from {stage} window w as (partition by {keys}) order by {keys}, ctid desc) s
            """;
        var updates = settings.InsertOnly ? "false" : "s.chunnel_updates";
        var sets = Sets(target, settings, target.ConvertedOf);
        List<string> all = [$"delete from {target.Table} t using {told} where s.chunnel_deletes and {byKey}"];
        if (IsLow(settings))
        {
            // Neither upsert nor luck: rows that are there change, the others come in.
            if (sets.Length > 0) all.Add($"update {target.Table} t set {sets} from {last} where s.{Kind} in (0, 2) and {byKey}");
            all.Add($"{insert}{last} where s.{Kind} in (0, 2) and not exists (select from {target.Table} t where {byKey})");
            return all;
        }
        if (sets.Length > 0) all.Add($"update {target.Table} t set {sets} from {told} where {updates} and {byKey}");
        all.Add($"{insert}{told} where s.{Kind} in (0, 2) and not {updates}");
        return all;
    }

    /// <summary>A database from before ON CONFLICT.</summary>
    public static bool IsLow(JdbcSinkSettings settings) => settings.Upserts && settings.Connection.CompatibleMode is { } mode && mode.Equals("postgresLow", StringComparison.OrdinalIgnoreCase);

    private static string Update(PgTarget target, JdbcSinkSettings settings) =>
        Sets(target, settings, column => $"excluded.{PgText.Quote(column)}") is { Length: > 0 } sets ? $"update set {sets}" : "nothing";

    private static string Sets(PgTarget target, JdbcSinkSettings settings, Func<string, string> value) =>
        string.Join(", ", target.Columns.Select(column => column.Name).Where(name => settings.KeyUpdated || !settings.Keys.Contains(name)).Select(name => $"{PgText.Quote(name)} = {value(name)}"));
}
