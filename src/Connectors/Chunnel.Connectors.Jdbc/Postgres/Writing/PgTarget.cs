using Chunnel.Core;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>The table that a writer fills, as it is: its columns for those that come in, and whether the server must convert any.</summary>
internal sealed record PgTarget
{
    /// <summary>Schema and table, quoted.</summary>
    public required string Table { get; init; }

    public required IReadOnlyList<PgColumn> Columns { get; init; }

    /// <summary>The columns as a staging table has them.</summary>
    public required IReadOnlyList<PgColumn> Staged { get; init; }

    public required IReadOnlyList<PgEncoder> Encoders { get; init; }

    /// <summary>True when every value goes into its column as it is.</summary>
    public required bool IsDirect { get; init; }

    /// <summary>Table and columns, as COPY wants them.</summary>
    public string CopyTarget => $"{Table} ({Names})";

    public string Names => PgText.Names(Columns.Select(column => column.Name));

    /// <summary>True when rows that a COPY of such a table gives are rows that a COPY into this one takes: each column has the same type, length and digits included.</summary>
    public bool TakesAsTheyCame(TableSchema source) =>
        IsDirect && Columns.Count == source.Columns.Count && Columns.Zip(source.Columns).All(pair => PgColumns.ComesAsItIs(pair.Second) && pair.Second.SourceType == pair.First.Shown);

    /// <summary>The columns of a staging table called s as the target's.</summary>
    public string Converted => string.Join(", ", Columns.Zip(Staged).Select(pair => Convert(pair.First, pair.Second)));

    /// <summary>One of those columns.</summary>
    public string ConvertedOf(string name)
    {
        var index = Columns.TakeWhile(column => column.Name != name).Count();
        return Convert(Columns[index], Staged[index]);
    }

    public static async ValueTask<PgTarget> FindAsync(NpgsqlConnection connection, JdbcSinkSettings settings, TableSchema incoming, Strictness strictness, CancellationToken stop)
    {
        var found = await PgCatalog.FindAsync(connection, settings.Target, stop) ?? throw new ChunnelException(CommonErrors.TableNotExisted, $"The table '{settings.Target}' is not in {settings.Connection}.")
        {
            Where = settings.Block.Where,
            Mend = settings.Generates ? "Create it, or set schema_save_mode = \"CREATE_SCHEMA_WHEN_NOT_EXIST\"." : "Create it, or correct its name in 'query': without quotes names are lower case.",
        };
        var there = await PgCatalog.ColumnsAsync(connection, found.Oid, stop);
        var byName = there.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var missing = settings.Columns.Where(name => !byName.ContainsKey(name)).ToList();
        if (missing.Count > 0)
        {
            throw new ChunnelException(JdbcErrors.SqlFailed, $"The table '{settings.Target}' has no column {string.Join(", ", missing.Select(name => $"'{name}'"))}.")
            {
                Where = settings.Block.Where,
                Mend = $"It has: {string.Join(", ", there.Select(column => column.Name))}. Names are case-sensitive: rename columns with a transform, or set 'field_ide'.",
            };
        }
        IReadOnlyList<PgColumn> columns = settings.Columns.Count > 0 ? [.. settings.Columns.Select(name => byName[name])] : [.. there.Take(incoming.Columns.Count)];
        if (columns.Count < incoming.Columns.Count) throw new ChunnelException(JdbcErrors.SqlFailed, $"The table '{settings.Target}' has {columns.Count} columns, and {incoming.Columns.Count} come in.") { Where = settings.Block.Where, Mend = "Name the columns in 'query', or choose those that come in with a transform." };
        var (staged, encoders, direct) = (new List<PgColumn>(), new List<PgEncoder>(), true);
        foreach (var (column, from) in columns.Zip(incoming.Columns))
        {
            var encoder = PgEncoders.Find(from.Type, column, strictness);
            var natural = encoder is null ? PgEncoders.Natural(column.Name, from.Type) : column;
            direct &= encoder is not null;
            staged.Add(natural);
            encoders.Add(encoder ?? PgEncoders.OfNatural(from.Type, natural, strictness));
        }
        return new PgTarget { Table = PgText.Quote(settings.Target with { Schema = found.Schema }), Columns = columns, Staged = staged, Encoders = encoders, IsDirect = direct };
    }

    /// <summary>True when the table has a unique index on exactly these columns.</summary>
    public static async ValueTask<bool> IsUniqueAsync(NpgsqlConnection connection, string table, IReadOnlyList<string> keys, CancellationToken stop)
    {
        var found = await PgTextRows.AskAsync(connection, $"""
            select from pg_catalog.pg_index i
            where i.indrelid = pg_catalog.to_regclass({PgText.Literal(table)}) and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
                and (select array_agg(a.attname::text order by a.attname::text) from unnest(i.indkey::int[]) with ordinality k(num, at)
                    join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.num where k.at <= i.indnkeyatts)
                = (select array_agg(u order by u) from unnest(array[{string.Join(", ", keys.Select(PgText.Literal))}]::text[]) u)
            """, stop);
        return found.Count > 0;
    }

    /// <summary>Text is read as the column's type reads it; other types convert as an INSERT lets them.</summary>
    private static string Convert(PgColumn to, PgColumn staged)
    {
        var name = $"s.{PgText.Quote(to.Name)}";
        if (ReferenceEquals(to, staged)) return name;
        if (staged.Element is not null) return $"{name}::{to.Shown}";
        return staged.Type is "text" or "json" ? $"{name}::text::{to.Shown}" : name;
    }
}
