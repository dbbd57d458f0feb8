using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>The constraints of a database that the server checks when a transaction ends, unless it is told to look at once.</summary>
internal sealed class PgDeferred
{
    // Names are looked for in a schema; one that is borne by a constraint which cannot be deferred, too, cannot be set by its name.
    private const string Question = """
        select format('%I.%I', n.nspname, c.conname), c.conname, bool_or(c.contype = 'f' and c.conrelid = c.confrelid),
               exists (select from pg_catalog.pg_constraint o where o.connamespace = n.oid and o.conname = c.conname and not o.condeferrable)
        from pg_catalog.pg_constraint c join pg_catalog.pg_namespace n on n.oid = c.connamespace
        where c.condeferred and has_schema_privilege(n.oid, 'usage')
        group by n.oid, n.nspname, c.conname
        order by 1
        """;

    private readonly HashSet<string> _withinTable = new(StringComparer.Ordinal);

    private PgDeferred(string check) => Check = check;

    /// <summary>Looks at what was written so far, and defers again what was deferred.</summary>
    public string Check { get; }

    /// <summary>What the server has of them; null when there is none.</summary>
    public static async ValueTask<PgDeferred?> FindAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var names = new List<string>();
        var withinTable = new List<string>();
        var canBeNamed = true;
        await using var command = new NpgsqlCommand(Question, connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            names.Add(reader.GetString(0));
            if (reader.GetBoolean(2)) withinTable.Add(reader.GetString(1));
            canBeNamed &= !reader.GetBoolean(3);
        }
        if (names.Count == 0) return null;
        var deferred = new PgDeferred($"set constraints all immediate; set constraints {(canBeNamed ? string.Join(", ", names) : "all")} deferred");
        deferred._withinTable.UnionWith(withinTable);
        return deferred;
    }

    /// <summary>True for a foreign key from a table to itself: rows may be right only together.</summary>
    public bool IsWithinTable(string? constraint) => constraint is not null && _withinTable.Contains(constraint);
}
